import type { Spec } from '@kafka-ha/config';
import type { KafkaConnection } from '@kafka-ha/kafka';
import { bytesOf, readLogSizes, readReplicas } from '../scale/read-replicas.ts';

/** Per topic that has fewer replicas than the file says: what a reassignment would copy, in bytes. */
export async function readBytesToCopy(
  kafka: KafkaConnection,
  { replication }: Spec,
): Promise<ReadonlyMap<string, number>> {
  const { brokers, partitions } = await readReplicas(kafka);
  const few = partitions.filter(({ replicas }) => replicas.length < replication.factor);
  if (few.length === 0) return new Map();
  const sizes = await readLogSizes(kafka, brokers.keys());
  const bytes = new Map<string, number>();
  for (const each of few) {
    const missing = replication.factor - each.replicas.length;
    bytes.set(each.topic, (bytes.get(each.topic) ?? 0) + missing * bytesOf(sizes, each));
  }
  return bytes;
}
