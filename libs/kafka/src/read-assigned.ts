import type { KafkaConnection } from './kafka-connection.ts';
import { ERROR } from './protocol/error-name.ts';
import { refused } from './refused.ts';

/** A partition that a broker is to hold, with the id of its topic: another one when a topic is made anew under its name. */
export type Assigned = { topic: string; partition: number; topicId: string };

/**
 * Which partitions of the named topics broker `holder` is to hold, in the controller's word, or in that of the broker `of`.
 * What is being added to it by a move counts.
 */
export async function readAssigned(
  kafka: KafkaConnection,
  { topics: names, holder, of }: { topics: readonly string[]; holder: number; of?: number },
): Promise<Assigned[]> {
  const { topics } =
    of === undefined ? await kafka.readMetadata(names) : await kafka.readMetadataOf(of, names);
  return topics.flatMap(({ name, topicId, errorCode, partitions }) => {
    if (errorCode !== ERROR.none && errorCode !== ERROR.unknownTopicOrPartition)
      throw refused(`topic ${name} cannot be read`, errorCode);
    return partitions
      .filter(({ replicas }) => replicas.includes(holder))
      .map(({ index }) => ({ topic: name, partition: index, topicId }));
  });
}
