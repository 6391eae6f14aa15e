import { count } from '@kafka-ha/base';
import type { NodeStatus } from '@kafka-ha/local-cluster';

/** `6 nodes`, or how many of them are ready. */
export function readyOf(nodes: readonly NodeStatus[]): string {
  const ready = nodes.filter((node) => node.ready).length;
  const all = count(nodes.length, 'node');
  return ready === nodes.length ? all : `${ready} of ${all} ready`;
}
