import { groupOffsetsInParts, type KafkaConnection, type LedTopic } from '@kafka-ha/kafka';
import type { CommittedOffset } from '@kafka-ha/metrics';
import { worstOffsets, type LagsKnown } from './worst-offsets.ts';

type Asked = {
  brokers: readonly number[];
  topics: readonly LedTopic[];
  /** How many offsets are kept. */
  most: number;
  /** What lags follow from, as it is just now. */
  lagsKnown: () => Promise<LagsKnown>;
};

export type GroupsRead = { offsets: CommittedOffset[]; omitted: number };

/** Offsets that are read at once, on the way to which they take about 1 kB each. */
const atOnce = 5_000;

/**
 * What consumer groups have committed; where that is more than `most`, only what is worst. Any number of groups is read a part at a
 * time, and no more than a part is held beside what is kept.
 *
 * @throws KafkaHaError `kafka-unreachable` where no broker answers.
 */
export async function readGroups(
  kafka: KafkaConnection,
  { brokers, topics, most, lagsKnown }: Asked,
): Promise<GroupsRead> {
  const ofGroup = topics.reduce((sum, { partitions }) => sum + partitions.length, 0);
  const groupsAtOnce = Math.max(1, Math.floor(atOnce / (ofGroup || atOnce)));
  let known: LagsKnown | undefined;
  let offsets: CommittedOffset[] = [];
  let read = 0;
  for await (const part of groupOffsetsInParts(kafka, brokers, groupsAtOnce)) {
    read += part.length;
    offsets = offsets.concat(part);
    if (known === undefined && offsets.length <= most) continue;
    known ??= await lagsKnown();
    offsets = worstOffsets(offsets, known, most);
  }
  return { offsets, omitted: read - offsets.length };
}
