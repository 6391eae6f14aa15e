import { isKafkaHaError } from '@kafka-ha/base';
import type { NodeRoom } from '@kafka-ha/config';
import { listObjects, type Kube, type KubeObject } from '@kafka-ha/kube';
import { parseQuantity } from '@kafka-ha/manifests';
import type { NodeState } from '@kafka-ha/planning';
import { bytesIn } from './volume-claims.ts';

type RawNode = KubeObject & {
  spec: {
    unschedulable?: boolean;
    taints?: { key: string; value?: string; effect: string }[];
    providerID?: string;
  };
  status?: {
    conditions?: { type: string; status: string }[];
    allocatable?: { cpu?: string; memory?: string };
  };
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
  const room = roomOf(status?.allocatable);
  return {
    name: metadata.name,
    labels: metadata.labels ?? {},
    ready: status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false,
    cordoned: spec.unschedulable === true,
    taints: spec.taints ?? [],
    ofCloud: /^(?!kind:|k3s:)[a-z0-9]+:\/\//.test(spec.providerID ?? ''),
    ...(room && { room }),
  };
}

function roomOf({ cpu = '', memory }: { cpu?: string; memory?: string } = {}): NodeRoom | undefined {
  const [cores, memoryBytes] = [parseQuantity(cpu), bytesIn(memory)];
  if (cores === undefined || !(memoryBytes > 0)) return undefined;
  return { cpuMillis: Math.round(cores * 1000), memoryBytes };
}
