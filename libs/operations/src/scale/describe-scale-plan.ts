import { formatBytes } from '@kafka-ha/config';
import { describeMoves, type ScalePlan } from './scale-plan.ts';

/** A plan in words: what becomes of the cluster, and rows of what that means. */
export type ScalePlanText = { headline: string; rows: readonly (readonly [what: string, how: string])[] };

export function describeScalePlan(plan: ScalePlan): ScalePlanText {
  const { brokers, replicationFactor, moves } = plan;
  const size = `${brokers.from === brokers.to ? brokers.to : `${brokers.from} → ${brokers.to}`} brokers`;
  const another = replicationFactor.from === replicationFactor.to ? '' : ', another replication factor';
  const bound = `${moves.lowerBound} at the least, ${moves.movedWeight} in this plan (MiB, 1 for a smaller replica)`;
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
  const factor = from === to ? `${to}` : `${from} → ${to}, of every topic, internal ones too`;
  return `${factor}; min.insync.replicas ${minInSync}`;
}

function describeDisk({ usedBytes, incomingBytes, sizeBytes }: ScalePlan['disks'][number]): string {
  const after = Math.round(((usedBytes + incomingBytes) / sizeBytes) * 100);
  return `takes ${formatBytes(incomingBytes)}; ${after} % of ${formatBytes(sizeBytes)} used at the fullest`;
}
