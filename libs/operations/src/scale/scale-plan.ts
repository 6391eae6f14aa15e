import { setTimeout as sleep } from 'node:timers/promises';
import { formatBytes, formatDuration, formatRate, type Spec } from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/errors';
import { readDisks, type KafkaConnection } from '@kafka-ha/kafka';
import type { Deletion, Reassignment } from '@kafka-ha/planning';
import { ordinals } from '../connect.ts';
import { readDeletions } from '../plan/read-deletions.ts';
import { chooseThrottle, inflowBetween, perBroker, type Throttle } from './choose-throttle.ts';
import { planMoves } from './plan-moves.ts';
import { readLogSizes, type Replicas } from './read-replicas.ts';

/** What a scale would do, and what that would cost. Bytes, bytes per second. */
export type ScalePlan = {
  brokers: { from: number; to: number };
  /** Those of the spec that hold nothing yet: they are new, or were started by a run that was stopped. */
  empty: number[];
  replicationFactor: { from: number; to: number };
  minInSync: number;
  tolerance: number;
  moves: Reassignment;
  /** What Kafka would delete, as each partition has another share of the volumes. */
  deletions: Deletion[];
  throttle: Throttle;
  /** Per broker that takes something: what its volume holds at the fullest. */
  disks: { brokerId: number; usedBytes: number; incomingBytes: number; sizeBytes: number }[];
};

export type PlanOptions = {
  /** Pods that the StatefulSet has now. */
  from: number;
  throttleBytesPerSecond?: number;
  signal: AbortSignal;
};

const inflowSampleMs = 3_000;
/** As `health` calls a volume full. */
const fullestShare = 0.9;

/** @throws KafkaHaError `invalid-usage` for a throttle below the inflow, `unhealthy` where a volume is too small. */
export async function planScale(
  { kafka, spec, replicas }: { kafka: KafkaConnection; spec: Spec; replicas: Replicas },
  { from, throttleBytesPerSecond, signal }: PlanOptions,
): Promise<ScalePlan> {
  const ids = [...replicas.brokers.keys()];
  const before = await readLogSizes(kafka, ids);
  const moves = planMoves(spec, replicas, before);
  const seconds = moves.movedReplicas === 0 ? 0 : inflowSampleMs / 1000;
  if (seconds > 0) await sleep(inflowSampleMs, undefined, { signal });
  const after = seconds > 0 ? await readLogSizes(kafka, ids) : before;
  const throttle = chooseThrottle(spec, {
    changes: moves.changes,
    inflow: seconds > 0 ? inflowBetween(before, after, seconds) : () => 0,
    ...(throttleBytesPerSecond !== undefined && { given: throttleBytesPerSecond }),
  });
  const disks = await disksAfter({ kafka, spec, replicas }, moves);
  refuseFullVolumes(disks);
  const deletions = await readDeletions(kafka, spec, ['log.retention.bytes']);
  return {
    brokers: { from, to: spec.brokers },
    empty: withoutReplicas(spec, replicas),
    replicationFactor: { from: usualFactor(replicas), to: spec.replication.factor },
    minInSync: spec.replication.minInSync,
    tolerance: spec.tolerance,
    moves,
    deletions,
    throttle,
    disks,
  };
}

/** E.g. `40 replicas to move (1.2Gi; no plan can move less), at most 75MB/s into a broker, about 12s`. */
export function describeMoves({ moves, throttle }: Pick<ScalePlan, 'moves' | 'throttle'>): string {
  const { changes, movedReplicas, movedBytes } = moves;
  if (changes.length === 0) return 'nothing to move';
  const dropped = changes.reduce((sum, { removing }) => sum + removing.length, 0) - movedReplicas;
  const parts = [
    movedReplicas === 0
      ? `no replica to move, the order of ${changes.length} partitions changes`
      : `${movedReplicas} replicas to move: ${formatBytes(movedBytes)}, ${describeBound(moves)}`,
    ...(dropped > 0 ? [`${dropped} replicas to drop`] : []),
    ...(movedReplicas > 0
      ? [
          `at most ${formatRate(throttle.bytesPerSecond)} per broker beside an inflow of ${formatRate(throttle.inflowBytesPerSecond)}`,
          `about ${formatDuration(throttle.seconds * 1000)}`,
        ]
      : []),
  ];
  return parts.join(', ');
}

function describeBound({ movedWeight, lowerBound }: Reassignment): string {
  return movedWeight === lowerBound
    ? 'and no plan moves less'
    : `${(movedWeight / lowerBound).toFixed(3)} times the lower bound`;
}

/** How many replicas most partitions have: a topic of somebody's own may have others. */
export function usualFactor({ partitions }: Replicas): number {
  const counts = new Map<number, number>();
  for (const { replicas } of partitions) counts.set(replicas.length, (counts.get(replicas.length) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}

function withoutReplicas({ brokers }: Spec, { partitions, ongoing }: Replicas): number[] {
  const holders = new Set([...partitions, ...ongoing].flatMap(({ replicas }) => replicas));
  return ordinals(brokers).filter((id) => !holders.has(id));
}

async function disksAfter(
  { kafka, spec, replicas }: { kafka: KafkaConnection; spec: Spec; replicas: Replicas },
  moves: Reassignment,
): Promise<ScalePlan['disks']> {
  const incoming = perBroker(moves.changes, ({ bytes }) => bytes);
  return await Promise.all(
    [...incoming].map(async ([brokerId, incomingBytes]) => {
      // One that does not run yet starts with the volume that the file asks for.
      const fresh = { usedBytes: 0, sizeBytes: spec.storage.sizeBytes };
      const disks = replicas.brokers.has(brokerId) ? await readDisks(kafka, brokerId) : [fresh];
      const sum = (key: 'usedBytes' | 'sizeBytes') => disks.reduce((total, disk) => total + disk[key], 0);
      return { brokerId, incomingBytes, usedBytes: sum('usedBytes'), sizeBytes: sum('sizeBytes') };
    }),
  );
}

function refuseFullVolumes(disks: ScalePlan['disks']): void {
  const full = disks.filter(
    ({ usedBytes, incomingBytes, sizeBytes }) => usedBytes + incomingBytes > fullestShare * sizeBytes,
  );
  if (full.length === 0) return;
  throw new KafkaHaError(
    'unhealthy',
    `after the move ${full.length === 1 ? 'a volume' : `${full.length} volumes`} would be more than ${fullestShare * 100} % full`,
    {
      details: full.map(
        ({ brokerId, usedBytes, incomingBytes, sizeBytes }) =>
          `broker ${brokerId}: ${formatBytes(usedBytes)} + ${formatBytes(incomingBytes)} of ${formatBytes(sizeBytes)}`,
      ),
      hint: 'Raise storage.size in the cluster file, shorten the retention of the largest topics, or scale to more brokers. Nothing was changed.',
    },
  );
}
