import { ordinals } from '@kafka-ha/manifests';
import { keyOf } from '@kafka-ha/planning';
import type { Cluster } from '../cluster.ts';
import { openKafka } from '../connect.ts';
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

/** Every topic by name, in the controller's word; how large it is in that of the brokers. Throws `kafka-unreachable`. */
export async function readTopicOverview(cluster: Cluster, signal: AbortSignal): Promise<TopicOverview[]> {
  await using kafka = await openKafka(cluster, signal);
  const [topics, sizes] = await Promise.all([
    readTopicStates(kafka),
    readLogSizes(kafka, ordinals(cluster.spec.brokers)),
  ]);
  return topics.map(({ name, internal, partitions, minInSync }) => {
    const logs = partitions.flatMap(({ partition, replicas }) =>
      replicas.map((id) => {
        const log = sizes.get(id);
        return log === undefined ? null : (log.get(keyOf({ topic: name, partition })) ?? 0);
      }),
    );
    const numbersOf = (some: typeof partitions) => some.map(({ partition }) => partition);
    return {
      topic: name,
      internal,
      partitions: partitions.length,
      replicas: Math.min(...partitions.map(({ replicas }) => replicas.length)),
      minInSync,
      bytes: logs.includes(null) ? null : logs.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0),
      underReplicated: numbersOf(partitions.filter(({ replicas, isr }) => isr.length < replicas.length)),
      leaderless: numbersOf(partitions.filter(({ leader }) => leader === null)),
    };
  });
}
