import { createPartitionsApi, ERROR } from '@kafka-ha/kafka-protocol';
import type { FencedKafka } from './kafka-connection.ts';
import { refused } from './refused.ts';

/**
 * Adds partitions to a topic that has `existing` of them, each with exactly these replicas, the preferred leader first.
 * Returns once Kafka has taken them, before they are in sync. Throws `kafka-refused` with Kafka's reason.
 */
export async function createPartitions(
  kafka: FencedKafka,
  topic: { name: string; existing: number; assignment: readonly (readonly number[])[] },
): Promise<void> {
  const { name, existing, assignment } = topic;
  const { topics } = await kafka.askController(
    createPartitionsApi,
    {
      topics: [
        {
          name,
          count: existing + assignment.length,
          assignments: assignment.map((brokerIds) => ({ brokerIds })),
        },
      ],
      timeoutMs: 5_000,
      validateOnly: false,
    },
    (response) => response.topics.map(({ errorCode }) => errorCode),
  );
  for (const { errorCode, errorMessage } of topics)
    if (errorCode !== ERROR.none && errorCode !== ERROR.requestTimedOut)
      throw refused(`no partitions were added to topic ${name}`, errorCode, errorMessage);
}
