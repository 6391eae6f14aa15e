import { ERROR, listOffsetsApi } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';

/** Which broker leads each partition of a topic. */
export type LedTopic = { name: string; partitions: readonly { partition: number; leader: number | null }[] };

/** Where in a partition's log something is; `timestamp` of the record there, where the question was for a record. */
export type LogOffset = { offset: number; timestamp: number };

/** By topic and partition. A partition whose leader does not tell is left out. */
export type OffsetsOf = ReadonlyMap<string, ReadonlyMap<number, LogOffset>>;

/**
 * What is asked for: where the log ends, where it starts, or its oldest record. For the last, the leader unpacks the first batch
 * of the log.
 */
const moments = { end: -1, start: -2, 'oldest-record': 0 } as const;

/** Asks each leader for all that it leads. Never throws: while leaders move, or are away, there is less to tell. */
export async function readOffsets(
  kafka: KafkaConnection,
  topics: readonly LedTopic[],
  moment: keyof typeof moments,
): Promise<OffsetsOf> {
  const leaders = new Set(
    topics.flatMap(({ partitions }) => partitions.flatMap(({ leader }) => leader ?? [])),
  );
  const offsets = new Map<string, Map<number, LogOffset>>();
  await Promise.all(
    [...leaders].map(async (leader) => {
      const request = { replicaId: -1, isolationLevel: 0, topics: ledBy(leader, topics, moments[moment]) };
      const answer = await kafka.askBroker(leader, listOffsetsApi, request).catch(() => undefined);
      for (const { name, partitions } of answer?.topics ?? []) {
        const ofTopic = offsets.get(name) ?? new Map<number, LogOffset>();
        offsets.set(name, ofTopic);
        for (const { index, errorCode, offset, timestamp } of partitions)
          if (errorCode === ERROR.none && offset >= 0) ofTopic.set(index, { offset, timestamp });
      }
    }),
  );
  return offsets;
}

function ledBy(leader: number, topics: readonly LedTopic[], timestamp: number) {
  return topics
    .map(({ name, partitions }) => ({
      name,
      partitions: partitions
        .filter((partition) => partition.leader === leader)
        .map(({ partition }) => ({ index: partition, timestamp })),
    }))
    .filter(({ partitions }) => partitions.length > 0);
}
