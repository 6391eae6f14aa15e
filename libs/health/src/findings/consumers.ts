import { count, groupBy } from '@kafka-ha/base';
import type { Spec } from '@kafka-ha/config';
import { finding, type Finding } from '../finding.ts';
import { valueOf, type ConsumerState, type State } from '../state.ts';

/** Share of what is kept. Of 28 minutes, half is left for finding out why. */
export const nearRetention = 0.5;

type Near = ConsumerState & { retentionUsed: number };

/** Groups that read so slowly, or not at all, that Kafka will delete what they have not read. One finding for each topic. */
export function consumerFindings(_spec: Spec, state: State): Finding[] {
  const near = (valueOf(state.consumers) ?? []).filter(isNearRetention);
  return [...groupBy(near, ({ group, topic }) => `${group}\0${topic}`).values()].flatMap((partitions) => {
    const [worst] = partitions.toSorted((a, b) => b.retentionUsed - a.retentionUsed);
    if (worst === undefined) return [];
    const { group, topic } = worst;
    return [
      finding(
        'consumer-near-retention',
        `group ${group}, topic ${topic}`,
        reasonOf(worst, partitions.length),
      ),
    ];
  });
}

/** Whether it lacks so much of what is kept; not where nobody knows. */
export function isNearRetention<T extends Pick<ConsumerState, 'retentionUsed'>>(
  lag: T,
): lag is T & { retentionUsed: number } {
  return lag.retentionUsed !== null && lag.retentionUsed >= nearRetention;
}

function reasonOf({ partition, lagRecords, retentionUsed }: Near, partitions: number): string {
  const share =
    retentionUsed > 1
      ? 'records are gone that it has not read'
      : `${Math.floor(100 * retentionUsed)} % of what is kept`;
  const others =
    partitions === 1 ? '' : `, and ${count(partitions - 1, 'other partition')} half or more as well`;
  return `Partition ${partition} is ${count(lagRecords, 'record')} behind: ${share}${others}.`;
}
