import { formatBytes } from '@kafka-ha/config';
import type { ScalePlan } from '@kafka-ha/planning';

/** What topics may grow by while a plan is being approved. */
const growth = { share: 0.1, bytes: 64 * 1024 ** 2 };

/**
 * How a plan differs from one that was made before, a line each; none: it may be carried out in its place. Which replica
 * goes where follows from sizes that change all the time, so of the moves it is their amount that counts.
 */
export function scaleDifferences(reviewed: ScalePlan, now: ScalePlan): string[] {
  const { brokers, replicationFactor, minInSync, tolerance, moves } = reviewed;
  const pairs: [what: string, before: number, after: number][] = [
    ['present brokers', brokers.from, now.brokers.from],
    ['wanted brokers', brokers.to, now.brokers.to],
    ['present replicas', replicationFactor.from, now.replicationFactor.from],
    ['wanted replicas', replicationFactor.to, now.replicationFactor.to],
    ['min.insync.replicas', minInSync, now.minInSync],
    ['brokers that may be lost at once', tolerance, now.tolerance],
  ];
  const differences = pairs
    .filter(([, before, after]) => before !== after)
    .map(([what, before, after]) => `${what}: ${before} reviewed, ${after} now`);
  const most = moves.movedBytes * (1 + growth.share) + growth.bytes;
  if (now.moves.movedBytes > most)
    differences.push(
      `to be moved: ${formatBytes(moves.movedBytes)} reviewed, ${formatBytes(now.moves.movedBytes)} now`,
    );
  const known = reviewed.deletions.map(({ topic }) => topic);
  const losing = now.deletions.filter(({ topic }) => !known.includes(topic));
  return [
    ...differences,
    ...losing.map(({ topic }) => `records that are deleted: of ${topic}, not reviewed`),
  ];
}
