import { ERROR, listPartitionReassignmentsApi } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';
import { refused } from './refused.ts';

/** A partition that is on its way: `replicas` are the old and the new ones together. */
export type OngoingReassignment = {
  topic: string;
  partition: number;
  replicas: readonly number[];
  adding: readonly number[];
  removing: readonly number[];
};

/** All reassignments that are under way, whoever started them. */
export async function listReassignments(kafka: KafkaConnection): Promise<OngoingReassignment[]> {
  const { errorCode, errorMessage, topics } = await kafka.readFromController(
    listPartitionReassignmentsApi,
    { timeoutMs: 5_000, topics: null },
    (response) => [response.errorCode],
  );
  if (errorCode !== ERROR.none) throw refused('the reassignments cannot be read', errorCode, errorMessage);
  return topics.flatMap(({ name, partitions }) =>
    partitions.map(({ index, replicas, adding, removing }) => ({
      topic: name,
      partition: index,
      replicas,
      adding,
      removing,
    })),
  );
}
