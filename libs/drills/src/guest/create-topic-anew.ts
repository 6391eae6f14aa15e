import { waitFor } from '@kafka-ha/base';
import { createTopics, deleteTopics, type FencedKafka, type NewTopic } from '@kafka-ha/kafka';

const newWithinMs = 120_000;

/**
 * Creates a topic in place of one of its name. While that is being deleted brokers may tell of it as if it was there to
 * stay, until each of them knows.
 *
 * @throws KafkaHaError `kafka-refused`, `deadline-exceeded`.
 */
export async function createTopicAnew(
  kafka: FencedKafka,
  topic: NewTopic,
  signal: AbortSignal,
): Promise<void> {
  await waitFor(
    `topic ${topic.name} to be created again`,
    async (probeSignal) => {
      await deleteTopics(kafka, [topic.name]);
      const { created } = await createTopics(kafka, [topic], { signal: probeSignal });
      return created.length > 0;
    },
    { deadlineMs: newWithinMs, intervalMs: 500, signal },
  );
}
