import type { Spec } from '@kafka-ha/config';
import { kafkaConfigOf } from './kafka/kafka-config.ts';

/** A topic as it should be; its replication and min.insync.replicas are the brokers' defaults. */
export type DesiredTopic = { name: string; partitions: number; config: Readonly<Record<string, string>> };

/** Exists so that a check may write to every broker without touching anybody's data: one partition for each. */
export const probeTopic = '__kafka_ha_probe';

/**
 * The topics that a cluster should have, Kafka's own included: those it would make by itself at their first use, with
 * replicas as they come and only while enough brokers live.
 */
export function topicsOf(spec: Spec): DesiredTopic[] {
  const broker = kafkaConfigOf(spec).restart;
  return [
    {
      name: '__consumer_offsets',
      partitions: Number(broker['offsets.topic.num.partitions']),
      // As Kafka's group coordinator makes it.
      config: {
        'cleanup.policy': 'compact',
        'compression.type': 'producer',
        'segment.bytes': hundredMebibytes,
      },
    },
    {
      name: '__transaction_state',
      partitions: Number(broker['transaction.state.log.num.partitions']),
      // As Kafka's transaction coordinator makes it.
      config: {
        'cleanup.policy': 'compact',
        'compression.type': 'uncompressed',
        'segment.bytes': hundredMebibytes,
      },
    },
    {
      name: probeTopic,
      partitions: spec.brokers,
      config: { 'cleanup.policy': 'delete', 'retention.bytes': oneMebibyte, 'segment.bytes': oneMebibyte },
    },
    ...spec.topics,
  ];
}

const oneMebibyte = String(1024 * 1024);
const hundredMebibytes = String(100 * 1024 * 1024);
