import { ERROR, type Metadata } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';
import { refused } from './refused.ts';

/** A partition that a broker is to hold, with the id of its topic: another one when a topic is made anew under its name. */
export type Assigned = { topic: string; partition: number; topicId: string };

/**
 * Which partitions of the named topics a broker is to hold in anybody's word: the registry's, in which it stands before
 * anybody is told, the controller's, and that of the broker itself. What is being added to it by a move counts.
 */
export async function readAssigned(
  kafka: KafkaConnection,
  { topics, holder }: { topics: readonly string[]; holder: number },
): Promise<Assigned[]> {
  const words = await Promise.all([
    kafka.readMetadata(topics).then((metadata) => inMetadata(metadata, holder)),
    kafka.readMetadataOf(holder, topics).then((metadata) => inMetadata(metadata, holder)),
    ...topics.map((topic) => inRegistry(kafka, topic, holder)),
  ]);
  return words.flat();
}

function inMetadata({ topics }: Metadata, holder: number): Assigned[] {
  return topics.flatMap(({ name, topicId, errorCode, partitions }) => {
    if (errorCode !== ERROR.none && errorCode !== ERROR.unknownTopicOrPartition)
      throw refused(`topic ${name} cannot be read`, errorCode);
    return partitions
      .filter(({ replicas }) => replicas.includes(holder))
      .map(({ index }) => ({ topic: name, partition: index, topicId }));
  });
}

async function inRegistry(kafka: KafkaConnection, topic: string, holder: number): Promise<Assigned[]> {
  const assignment = await kafka.registry.assignment(topic);
  return [...(assignment?.partitions ?? [])]
    .filter(([, replicas]) => replicas.includes(holder))
    .map(([partition]) => ({ topic, partition, topicId: assignment?.topicId ?? '' }));
}
