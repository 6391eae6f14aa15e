import type { NodeStatus } from './local-cluster.ts';

type NodeList = {
  items: {
    metadata: { name: string; labels?: Record<string, string> };
    status: { conditions?: { type: string; status: string }[]; nodeInfo?: { kubeletVersion: string } };
  }[];
};

/** What `kubectl get nodes --output json` says of the nodes, control plane first. */
export function nodesFrom(json: string): { nodes: NodeStatus[]; kubernetes: string } {
  const { items } = JSON.parse(json) as NodeList;
  const isWorker = ({ metadata }: NodeList['items'][number]) =>
    metadata.labels?.['node-role.kubernetes.io/control-plane'] === undefined;
  const ordered = items.toSorted((a, b) => Number(isWorker(a)) - Number(isWorker(b)));
  return {
    nodes: ordered.map(({ metadata, status }) => ({
      name: metadata.name,
      ready: status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false,
      zone: metadata.labels?.['topology.kubernetes.io/zone'] ?? null,
    })),
    kubernetes: (ordered[0]?.status.nodeInfo?.kubeletVersion ?? '').replace(/^v/, ''),
  };
}
