import { nearRetention, type ConsumerState, type TopicState } from '@kafka-ha/health';
import { readGroupOffsets, readOffsets, type GroupOffset, type KafkaConnection } from '@kafka-ha/kafka';
import { readLags } from './read-lags.ts';

type Asked = {
  /** Brokers that answer: one that does not would be waited for again. */
  brokerIds: readonly number[];
  topics: readonly TopicState[];
  /** Milliseconds since 1970. */
  nowMs: number;
};

/**
 * How far consumer groups are behind, of the topics in which one of them has yet to read half or more of what is there: only there a
 * group can be near the end of what is kept. What is kept is read of these topics alone, which in most clusters are none.
 *
 * @throws KafkaHaError `kafka-unreachable` where no broker tells of its groups.
 */
export async function readConsumers(kafka: KafkaConnection, asked: Asked): Promise<ConsumerState[]> {
  const committed = await readGroupOffsets(kafka, asked.brokerIds);
  const far = await farBehind(kafka, committed, ledBy(asked));
  if (far.length === 0) return [];
  const groups = committed.filter(({ topic }) => far.some(({ name }) => name === topic));
  const asOf = { topics: far, brokerIds: leadersOf(far), nowMs: asked.nowMs };
  return (await readLags(kafka, groups, asOf)).lags;
}

/** The topics of which a group lacks much. */
async function farBehind(
  kafka: KafkaConnection,
  committed: readonly GroupOffset[],
  topics: readonly TopicState[],
): Promise<TopicState[]> {
  const names = new Set(committed.map(({ topic }) => topic));
  const read = topics.filter(({ name }) => names.has(name));
  const starts = await readOffsets(kafka, read, 'start');
  const ends = await readOffsets(kafka, read, 'end');
  const far = new Set<string>();
  for (const { topic, partition, offset } of committed) {
    const start = starts.get(topic)?.get(partition)?.offset;
    const end = ends.get(topic)?.get(partition)?.offset;
    if (start === undefined || end === undefined || end <= offset) continue;
    if (end - offset >= nearRetention * (end - start)) far.add(topic);
  }
  return read.filter(({ name }) => far.has(name));
}

/** As if nobody led what brokers lead that do not answer. */
function ledBy({ brokerIds, topics }: Asked): TopicState[] {
  const answering = new Set<number | null>(brokerIds);
  return topics.map((topic) => ({
    ...topic,
    partitions: topic.partitions.map((partition) =>
      answering.has(partition.leader) ? partition : { ...partition, leader: null },
    ),
  }));
}

function leadersOf(topics: readonly TopicState[]): number[] {
  return [...new Set(topics.flatMap(({ partitions }) => partitions.flatMap(({ leader }) => leader ?? [])))];
}
