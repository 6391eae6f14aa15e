import { deleteTopicsApi, ERROR } from '@kafka-ha/kafka-protocol';
import type { FencedKafka } from './kafka-connection.ts';
import { refused } from './refused.ts';

/** Deletes topics with all their records. One that does not exist is no error. Throws `kafka-refused`. */
export async function deleteTopics(kafka: FencedKafka, names: readonly string[]): Promise<void> {
  const { topics } = await kafka.askController(deleteTopicsApi, { names, timeoutMs: 5_000 }, (response) =>
    response.topics.map(({ errorCode }) => errorCode),
  );
  for (const { name, errorCode } of topics) {
    if (!HARMLESS.includes(errorCode)) throw refused(`topic ${name} was not deleted`, errorCode);
  }
}

/** A time-out means "marked for deletion, but not yet gone everywhere". */
const HARMLESS: readonly number[] = [ERROR.none, ERROR.unknownTopicOrPartition, ERROR.requestTimedOut];
