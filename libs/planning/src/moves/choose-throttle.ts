import { formatRate, type Spec } from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/base';
import type { ReplicaChange } from '../reassignment/reassignment.ts';
import { keyOf, type LogSizes, type ReplicaSet } from './replicas.ts';

export type MoveRate = {
  /** For what each broker takes of replicas that are not in sync yet: in the mean, as its senders are limited. */
  bytesPerSecond: number;
  /** What producers write meanwhile to the partitions that the busiest broker takes. */
  inflowBytesPerSecond: number;
  /** What the broker with the most to take has to take. */
  mostBytes: number;
  /** Infinity for a throttle below the inflow. */
  seconds: number;
};

/** A replica that takes less than this many times what producers write to it would hardly ever come in sync. */
const headroom = 1.2;

/**
 * The rate of a move. Unless it is given: the full ingest rate of a broker, as moving replicas take new records too, and
 * half of what its volume and CPU have left beside that; so the live load keeps the other half, also at its peak.
 *
 * @throws KafkaHaError `invalid-usage` where the rate that is given would not get the replicas in sync.
 */
export function chooseThrottle(
  { sizing }: Pick<Spec, 'sizing'>,
  moves: { changes: readonly ReplicaChange[]; inflow: LogInflow; given?: number },
): MoveRate {
  const { changes, inflow, given } = moves;
  const incoming = perBroker(changes, ({ bytes }) => bytes);
  const inflowBytesPerSecond = Math.max(0, ...perBroker(changes, (change) => inflow(keyOf(change))).values());
  const spare = sizing.peakDiskBytes / sizing.catchUp.afterLostDiskSeconds;
  const designed = sizing.load.healthy.diskWriteBytesPerSecond + spare / 2;
  const bytesPerSecond = Math.ceil(given ?? Math.max(designed, 2 * inflowBytesPerSecond));
  if (bytesPerSecond < headroom * inflowBytesPerSecond)
    throw new KafkaHaError(
      'invalid-usage',
      `at ${formatRate(bytesPerSecond)} the move would never end: producers write ${formatRate(inflowBytesPerSecond)} to the replicas that one broker receives`,
      { hint: `Give a --throttle above ${formatRate(headroom * inflowBytesPerSecond)}, or leave it out.` },
    );
  const mostBytes = Math.max(0, ...incoming.values());
  return {
    bytesPerSecond,
    inflowBytesPerSecond,
    mostBytes,
    seconds: mostBytes / (bytesPerSecond - inflowBytesPerSecond),
  };
}

/** Bytes per second that are written to a partition, by its key. */
export type LogInflow = (key: string) => number;

/** The logs on all brokers, and who leads them. */
export type LogLook = {
  sizes: LogSizes;
  partitions: readonly Pick<ReplicaSet, 'topic' | 'partition' | 'leader'>[];
};

/**
 * What producers wrote to each partition between two looks: what its leader's log has grown by, as any other may grow by
 * copying. Of two that have led it meanwhile the lesser counts. What retention took away makes it look less, never more.
 */
export function inflowBetween(before: LogLook, after: LogLook, seconds: number): LogInflow {
  const leaders = [before, after].map(
    ({ partitions }) => new Map(partitions.map((partition) => [keyOf(partition), partition.leader])),
  );
  return (key) => {
    const grown = leaders.map((leaderOf) => {
      const id = leaderOf.get(key) ?? -1;
      return (after.sizes.get(id)?.get(key) ?? 0) - (before.sizes.get(id)?.get(key) ?? Infinity);
    });
    return Math.max(0, Math.min(...grown)) / seconds;
  };
}

/** The sum, for each broker to which something is added. */
export function perBroker(
  changes: readonly ReplicaChange[],
  of: (change: ReplicaChange) => number,
): Map<number, number> {
  const sums = new Map<number, number>();
  for (const change of changes)
    for (const id of change.adding) sums.set(id, (sums.get(id) ?? 0) + of(change));
  return sums;
}
