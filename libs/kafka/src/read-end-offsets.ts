import { groupBy } from '@kafka-ha/base';
import { ERROR, listOffsetsApi } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';
import type { TopicMetadata } from './read-topics.ts';
import { refused } from './refused.ts';

/** Offset of the next record that a consumer would get, per partition: what was written so far, whatever is kept of it. */
export type EndOffsets = { topic: string; offsets: ReadonlyMap<number, number> };

const END_OF_LOG = -1;

/**
 * The end of each partition, asked of its leader. Partitions without a leader are left out.
 *
 * Throws `kafka-refused` where a leader has just moved: read the topics again.
 */
export async function readEndOffsets(
  kafka: KafkaConnection,
  topics: readonly TopicMetadata[],
): Promise<EndOffsets[]> {
  const leaders = new Set(
    topics.flatMap(({ partitions }) => partitions.flatMap(({ leader }) => leader ?? [])),
  );
  const answers = await Promise.all([...leaders].map((leader) => askLeader(kafka, leader, topics)));
  const told = groupBy(answers.flat(), ({ topic }) => topic);
  return topics.map(({ name }) => ({
    topic: name,
    offsets: new Map(told.get(name)?.map(({ partition, offset }) => [partition, offset])),
  }));
}

type EndOffset = { topic: string; partition: number; offset: number };

async function askLeader(
  kafka: KafkaConnection,
  leader: number,
  topics: readonly TopicMetadata[],
): Promise<EndOffset[]> {
  const led = topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions
      .filter((partition) => partition.leader === leader)
      .map(({ partition }) => ({ index: partition, timestamp: END_OF_LOG })),
  }));
  const answer = await kafka.askBroker(leader, listOffsetsApi, {
    replicaId: -1,
    isolationLevel: 0,
    topics: led.filter(({ partitions }) => partitions.length > 0),
  });
  return answer.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ index, errorCode, offset }) => {
      if (errorCode !== ERROR.none) throw refused(`the end of ${name}-${index} cannot be read`, errorCode);
      return { topic: name, partition: index, offset };
    }),
  );
}
