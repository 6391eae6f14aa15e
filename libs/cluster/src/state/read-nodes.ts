import { isKafkaHaError } from '@kafka-ha/base';
import { listObjects, type Kube, type KubeObject } from '@kafka-ha/kube';
import type { NodeState } from '@kafka-ha/planning';

type RawNode = KubeObject & {
  spec: {
    unschedulable?: boolean;
    taints?: { key: string; value?: string; effect: string }[];
    providerID?: string;
  };
  status?: { conditions?: { type: string; status: string }[] };
};

/** Undefined where nodes may not be listed, as a namespaced Role cannot. */
export async function readNodes(kube: Kube, signal: AbortSignal): Promise<NodeState[] | undefined> {
  try {
    return (await listObjects<RawNode>(kube, { apiVersion: 'v1', kind: 'Node' }, { signal })).map(
      toNodeState,
    );
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'forbidden') return undefined;
    throw error;
  }
}

function toNodeState({ metadata, spec, status }: RawNode): NodeState {
  return {
    name: metadata.name,
    labels: metadata.labels ?? {},
    ready: status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false,
    cordoned: spec.unschedulable === true,
    taints: spec.taints ?? [],
    ofCloud: /^(?!kind:|k3s:)[a-z0-9]+:\/\//.test(spec.providerID ?? ''),
  };
}
