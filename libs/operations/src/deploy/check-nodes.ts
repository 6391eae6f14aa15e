import { isKafkaHaError, KafkaHaError } from '@kafka-ha/errors';
import { listObjects } from '@kafka-ha/kube';
import type { Cluster } from '../connect.ts';

/**
 * Refuses a target with too few nodes before anything is applied. Where nodes may not be listed (a namespaced Role
 * cannot), the scheduler's own word on a pending pod tells the same later.
 *
 * @throws KafkaHaError `promise-broken`, with the arithmetic.
 */
export async function checkNodes({ kube, spec }: Cluster, signal: AbortSignal): Promise<string> {
  let nodes: RawNode[];
  try {
    nodes = (await listObjects(kube, { apiVersion: 'v1', kind: 'Node' }, { signal })) as unknown as RawNode[];
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'forbidden') return '';
    throw error;
  }
  const usable = nodes.filter(takesPods).length;
  const needed = Math.max(Math.ceil(spec.brokers / spec.placement.brokersPerNode), spec.zookeeper.servers);
  if (usable < needed)
    throw new KafkaHaError(
      'promise-broken',
      `${spec.brokers} brokers, ${spec.placement.brokersPerNode} per node, need ${needed} nodes: there are ${usable}`,
      {
        hint: 'Add nodes, or say `placement: {brokersPerNode: N}` if losing one node may cost N brokers.',
      },
    );
  return `, ${usable} nodes`;
}

type RawNode = {
  spec: { unschedulable?: boolean; taints?: { effect: string }[] };
  status?: { conditions?: { type: string; status: string }[] };
};

function takesPods({ spec, status }: RawNode): boolean {
  const tainted =
    spec.taints?.some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute') ?? false;
  const ready =
    status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  return ready && !tainted && spec.unschedulable !== true;
}
