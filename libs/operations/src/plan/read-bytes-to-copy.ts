import type { Spec } from '@kafka-ha/config';
import type { TopicState } from '@kafka-ha/health';
import type { KafkaConnection } from '@kafka-ha/kafka';
import { bytesOf } from '@kafka-ha/planning';
import { readLogSizes } from '@kafka-ha/cluster';

/** Per topic that has fewer replicas than the file says: what a reassignment would copy, in bytes. */
export async function readBytesToCopy(
  kafka: KafkaConnection,
  { replication }: Spec,
  topics: readonly TopicState[],
): Promise<ReadonlyMap<string, number>> {
  const few = topics.flatMap(({ name, partitions }) =>
    partitions
      .filter(({ replicas }) => replicas.length < replication.factor)
      .map(({ partition, replicas }) => ({ topic: name, partition, replicas })),
  );
  const sizes = await readLogSizes(kafka, new Set(few.flatMap(({ replicas }) => replicas)));
  const bytes = new Map<string, number>();
  for (const each of few) {
    const missing = replication.factor - each.replicas.length;
    bytes.set(each.topic, (bytes.get(each.topic) ?? 0) + missing * bytesOf(sizes, each));
  }
  return bytes;
}
