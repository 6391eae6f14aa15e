import type { PodState } from '@kafka-ha/health';
import { takesPod, type NodeNeeds, type NodeState } from './takes-pod.ts';

/** A pod, what it asks of its node, and how many of its component may be on one. */
export type Placed = { pod: PodState; needs: NodeNeeds; perNode: number };

/**
 * Why a pod that is stopped would not come back: its node takes it no more, and no other one that is there does. Undefined
 * where it would, as far as the nodes tell; how much room they have is not asked.
 */
export function stranded(
  { pod, needs, perNode }: Placed,
  others: readonly PodState[],
  nodes: readonly NodeState[],
): string | undefined {
  const home = nodes.find(({ name }) => name === pod.node);
  if (home === undefined || takesPod(home, needs)) return undefined;
  const crowd = (node: string) =>
    others.filter(
      (other) => other.name !== pod.name && other.component === pod.component && other.node === node,
    ).length;
  if (nodes.some((node) => takesPod(node, needs) && crowd(node.name) < perNode)) return undefined;
  const why = home.cordoned ? 'is cordoned' : home.ready ? 'accepts it no more' : 'is not ready';
  const way = home.cordoned ? `: uncordon it first (kubectl uncordon ${home.name})` : '';
  return `its node ${home.name} ${why}, and no other node can take it${way}`;
}
