import type { Duplex } from 'node:stream';
import { openTunnel } from '@kafka-ha/kube';
import { ordinals, podNameOf, zookeeperPorts } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';

type Address = { host: string; port: number };

/** Opens a connection to a ZooKeeper server; the host of its address is the pod's name. */
export function dialZookeeper({ kube, spec }: Cluster): (address: Address) => Duplex {
  return ({ host, port }) => openTunnel(kube, { namespace: spec.namespace, pod: host, port });
}

/** By ordinal. */
export function zookeeperAddresses({ spec }: Pick<Cluster, 'spec'>): Address[] {
  return ordinals(spec.zookeeper.servers).map((ordinal) => ({
    host: podNameOf(spec, 'zookeeper', ordinal),
    port: zookeeperPorts.clients,
  }));
}
