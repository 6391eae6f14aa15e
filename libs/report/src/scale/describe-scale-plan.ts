import { count } from '@kafka-ha/base';
import { formatBytes, formatDuration, formatRate } from '@kafka-ha/config';
import type { MovePlan, ScalePlan } from '@kafka-ha/planning';

/** A plan in words: what becomes of the cluster, and rows of what that means. */
export type ScalePlanText = { headline: string; rows: readonly (readonly [what: string, how: string])[] };

export function describeScalePlan(plan: ScalePlan): ScalePlanText {
  const { brokers, replicationFactor, moves } = plan;
  const size = `${brokers.from === brokers.to ? brokers.to : `${brokers.from} → ${brokers.to}`} brokers`;
  const another = replicationFactor.from === replicationFactor.to ? '' : ', another replication factor';
  const bound = `lower bound ${moves.lowerBound}, this plan ${moves.movedWeight} (MiB, 1 for a smaller replica)`;
  return {
    headline: `${size}${another}`,
    rows: [
      ...plan.deletions.map(({ topic, why }) => ['deletes', `records of ${topic}: ${why}`] as const),
      ['replicas', describeReplicas(plan)],
      ['promise', `any ${plan.tolerance} of ${brokers.to} brokers may be lost at once`],
      ['move', describeMoves(plan)],
      ...(moves.movedReplicas === 0 ? [] : [['bound', bound] as const]),
      ...plan.disks.map((disk) => [`broker ${disk.brokerId}`, describeDisk(disk)] as const),
    ],
  };
}

function describeReplicas({ replicationFactor: { from, to }, minInSync }: ScalePlan): string {
  const factor = from === to ? `${to}` : `${from} → ${to}, for every topic, internal ones too`;
  return `${factor}; min.insync.replicas ${minInSync}`;
}

function describeDisk({ usedBytes, incomingBytes, sizeBytes }: ScalePlan['disks'][number]): string {
  const after = Math.round(((usedBytes + incomingBytes) / sizeBytes) * 100);
  return `takes ${formatBytes(incomingBytes)}; ${after} % of ${formatBytes(sizeBytes)} used at the fullest`;
}

/** E.g. `40 replicas to move (1.2Gi; no plan can move less), at most 75MB/s into a broker, about 12s`. */
export function describeMoves({ moves, throttle }: Pick<ScalePlan, 'moves' | 'throttle'>): string {
  const { changes, movedReplicas, movedBytes } = moves;
  if (changes.length === 0) return 'nothing to move';
  const dropped = changes.reduce((sum, { removing }) => sum + removing.length, 0) - movedReplicas;
  const parts = [
    movedReplicas === 0
      ? `no replica to move, the replica order changes in ${count(changes.length, 'partition')}`
      : `${count(movedReplicas, 'replica')} to move: ${formatBytes(movedBytes)}, ${describeBound(moves)}`,
    ...(dropped > 0 ? [`${count(dropped, 'replica')} to drop`] : []),
    ...(movedReplicas > 0
      ? [
          `at most ${formatRate(throttle.bytesPerSecond)} per broker in addition to an inflow of ${formatRate(throttle.inflowBytesPerSecond)}`,
          `about ${formatDuration(throttle.seconds * 1000)}`,
        ]
      : []),
  ];
  return parts.join(', ');
}

function describeBound({ movedWeight, lowerBound }: MovePlan): string {
  return movedWeight === lowerBound
    ? 'and no plan moves less'
    : `${(movedWeight / lowerBound).toFixed(3)} times the lower bound`;
}
