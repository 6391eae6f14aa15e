import type { NodeStatus } from '@kafka-ha/local-cluster';

/** `6 nodes`, or how many of them are ready. */
export function readyOf(nodes: readonly NodeStatus[]): string {
  const ready = nodes.filter((node) => node.ready).length;
  return ready === nodes.length ? `${ready} nodes` : `${ready} of ${nodes.length} nodes ready`;
}
