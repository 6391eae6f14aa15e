import { ERROR, type Metadata } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';
import { refused } from './refused.ts';

export type TopicMetadata = {
  name: string;
  /** One of Kafka's own, e.g. `__consumer_offsets`. */
  internal: boolean;
  partitions: readonly PartitionMetadata[];
};

export type PartitionMetadata = {
  partition: number;
  /** Null: nobody leads it, so it can be neither written nor read. */
  leader: number | null;
  /** The first one is the preferred leader. */
  replicas: readonly number[];
  isr: readonly number[];
  /** Replicas whose broker or disk is away. */
  offline: readonly number[];
};

/** All topics, internal ones too, or the named ones; a name that does not exist is left out. Sorted by name. */
export async function readTopics(
  kafka: KafkaConnection,
  names?: readonly string[],
): Promise<TopicMetadata[]> {
  return topicStates(await kafka.readMetadata(names ?? null));
}

/** The topics of a broker's answer, sorted by name. */
export function topicStates({ topics }: Pick<Metadata, 'topics'>): TopicMetadata[] {
  return topics
    .filter(exists)
    .map(({ name, isInternal, partitions }) => ({
      name,
      internal: isInternal,
      partitions: partitions.map(partitionState).sort((a, b) => a.partition - b.partition),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

type TopicAnswer = Metadata['topics'][number];

function exists({ name, errorCode }: TopicAnswer): boolean {
  if (errorCode === ERROR.unknownTopicOrPartition) return false;
  if (errorCode !== ERROR.none) throw refused(`topic ${name} cannot be read`, errorCode);
  return true;
}

/** A partition's own error code only repeats what is read here: LEADER_NOT_AVAILABLE is a leader of -1. */
function partitionState(partition: TopicAnswer['partitions'][number]): PartitionMetadata {
  return {
    partition: partition.index,
    leader: partition.leaderId < 0 ? null : partition.leaderId,
    replicas: partition.replicas,
    isr: partition.isr,
    offline: partition.offlineReplicas,
  };
}
