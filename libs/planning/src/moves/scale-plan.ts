import type { Deletion } from '../plan/deletions.ts';
import type { MovePlan } from '../reassignment/reassignment.ts';
import type { MoveRate } from './choose-throttle.ts';
import type { Replicas } from './replicas.ts';

/** What a scale would do, and what that would cost. Bytes, bytes per second. */
export type ScalePlan = {
  brokers: { from: number; to: number };
  /** Those of the spec that hold nothing yet: they are new, or were started by a run that was stopped. */
  empty: number[];
  replicationFactor: { from: number; to: number };
  minInSync: number;
  tolerance: number;
  moves: MovePlan;
  /** What Kafka would delete, as each partition has another share of the volumes. */
  deletions: Deletion[];
  throttle: MoveRate;
  /** Per broker that takes something: what its volume holds at the fullest. */
  disks: { brokerId: number; usedBytes: number; incomingBytes: number; sizeBytes: number }[];
};

/** How many replicas most partitions have: a topic of somebody's own may have others. */
export function usualFactor({ partitions }: Replicas): number {
  const counts = new Map<number, number>();
  for (const { replicas } of partitions) counts.set(replicas.length, (counts.get(replicas.length) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}
