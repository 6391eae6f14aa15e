/**
 * Where everything is in a cluster's own network. Clusters do not see each other, so all have the same addresses, from
 * the range that RFC 2544 sets aside for tests. Node 0 is the control plane.
 */
export const addresses = {
  fabric: '198.18.0.1',
  services: '198.18.64.0/18',
  dns: '198.18.64.10',
  pods: '198.19.0.0/16',
  node: (index: number) => `198.18.0.${10 + index}`,
  podsOf: (index: number) => `198.19.${index}.0/24`,
};

/** As many as the addresses of one /24 allow with room to spare. */
export const mostWorkers = 99;

export type Route = { destination: string; gateway: string };

/**
 * A node reaches the pods of its peers through the peers. Services it sends to the fabric, which holds none: kube-proxy
 * has turned the packet to a pod before it gets there, but without a route there would be no packet.
 */
export function routesOf(index: number, nodes: number): Route[] {
  const peers = Array.from({ length: nodes }, (_, peer) => peer).filter((peer) => peer !== index);
  return [
    { destination: addresses.services, gateway: addresses.fabric },
    ...peers.map((peer) => ({ destination: addresses.podsOf(peer), gateway: addresses.node(peer) })),
  ];
}
