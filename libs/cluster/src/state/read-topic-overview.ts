import type { KafkaConnection } from '@kafka-ha/kafka';
import { keyOf } from '@kafka-ha/planning';
import { readLogSizes } from './read-replicas.ts';
import { readTopicStates } from './read-topic-states.ts';

export type TopicOverview = {
  topic: string;
  /** One of Kafka's own, e.g. `__consumer_offsets`. */
  internal: boolean;
  partitions: number;
  /** Of the partition that has the fewest. */
  replicas: number;
  minInSync: number;
  /** Of all replicas on all disks; null where a broker that has one does not tell. */
  bytes: number | null;
  /** Partitions that lack a replica in sync. */
  underReplicated: readonly number[];
  /** Partitions that nobody leads. */
  leaderless: readonly number[];
};

/** Every topic by name, in the controller's word; how large it is in that of the brokers, none of which has to answer. */
export async function readTopicOverview(kafka: KafkaConnection): Promise<TopicOverview[]> {
  const topics = await readTopicStates(kafka);
  const holders = topics.flatMap(({ partitions }) => partitions.flatMap(({ replicas }) => replicas));
  const sizes = await readLogSizes(kafka, new Set(holders));
  return topics.map(({ name, internal, partitions, minInSync }) => {
    const logs = partitions.flatMap(({ partition, replicas }) =>
      replicas.map((id) => {
        const ofBroker = sizes.get(id);
        return ofBroker && (ofBroker.get(keyOf({ topic: name, partition })) ?? 0);
      }),
    );
    const numbersOf = (some: typeof partitions) => some.map(({ partition }) => partition);
    return {
      topic: name,
      internal,
      partitions: partitions.length,
      replicas: Math.min(...partitions.map(({ replicas }) => replicas.length)),
      minInSync,
      bytes: logs.includes(undefined) ? null : logs.reduce<number>((sum, bytes = 0) => sum + bytes, 0),
      underReplicated: numbersOf(partitions.filter(({ replicas, isr }) => isr.length < replicas.length)),
      leaderless: numbersOf(partitions.filter(({ leader }) => leader === null)),
    };
  });
}
