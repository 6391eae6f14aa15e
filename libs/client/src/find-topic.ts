import { KafkaHaError } from '@kafka-ha/base';
import { readTopics, type KafkaConnection, type TopicMetadata } from '@kafka-ha/kafka';

/** @throws KafkaHaError `not-found`, which names the topics that there are. */
export async function findTopic(kafka: KafkaConnection, name: string): Promise<TopicMetadata> {
  const topics = await readTopics(kafka);
  const found = topics.find((topic) => topic.name === name);
  if (found !== undefined) return found;
  // No topic of a cluster file begins like this: they are Kafka's own, and the one that a deployment writes to.
  const others = topics.map((topic) => topic.name).filter((other) => !other.startsWith('__'));
  throw new KafkaHaError('not-found', `there is no topic ${name}`, {
    details: others.length === 0 ? [] : [`The topics are ${others.join(', ')}.`],
    hint: 'Add it to `topics` in the cluster file and run kafka-ha deploy.',
  });
}
