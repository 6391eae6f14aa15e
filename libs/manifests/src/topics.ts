import {
  canonicalSettings,
  INTERNAL_TOPIC_PARTITIONS,
  INTERNAL_TOPIC_SEGMENT_BYTES,
  type Spec,
} from '@kafka-ha/config';

/** A topic as it should be; its replication and min.insync.replicas are the brokers' defaults. */
export type DesiredTopic = {
  name: string;
  partitions: number;
  /** Whether a topic with fewer gets the others, although keys go to other partitions then. */
  allowMorePartitions?: boolean;
  config: Readonly<Record<string, string>>;
};

/** Exists so that a check may write to every broker without touching anybody's data: one partition for each. */
export const probeTopic = '__kafka_ha_probe';

/**
 * The topics that a cluster should have, Kafka's own included: those it would make by itself at their first use, with
 * replicas as they come and only while enough brokers live.
 */
export function topicsOf({ brokers, topics }: Pick<Spec, 'brokers' | 'topics'>): DesiredTopic[] {
  const { offsets, transactions } = INTERNAL_TOPIC_PARTITIONS;
  return [
    { name: '__consumer_offsets', partitions: offsets, config: compacted('producer') },
    { name: '__transaction_state', partitions: transactions, config: compacted('uncompressed') },
    {
      name: probeTopic,
      partitions: brokers,
      config: { 'retention.bytes': smallest, 'segment.bytes': smallest },
    },
    ...topics.map((topic) => ({ ...topic, config: canonicalSettings(topic.config) })),
  ];
}

/** As Kafka's coordinators configure their topics themselves. */
function compacted(compression: string): DesiredTopic['config'] {
  return {
    'cleanup.policy': 'compact',
    'compression.type': compression,
    'segment.bytes': String(INTERNAL_TOPIC_SEGMENT_BYTES),
  };
}

const smallest = String(2 * 1024 * 1024);
