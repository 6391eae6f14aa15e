import { randomUUID } from 'node:crypto';
import { proveWritePath } from '@kafka-ha/kafka';
import { probeTopic } from '@kafka-ha/manifests';
import { openKafka, type FencedCluster } from '@kafka-ha/cluster';

/**
 * Writes to every partition of a topic that exists for this alone, one led by each broker, and of the topics that this
 * deploy has just made, with acks=all, and reads the records back. Topics that others may be using get no record.
 */
export async function* provePath(
  cluster: FencedCluster,
  created: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<string, string> {
  const { spec } = cluster;
  const listed = spec.topics.filter(({ name }) => created.includes(name));
  await using kafka = await openKafka(cluster, signal);
  const { records, partitions, medianAckMs } = yield* proveWritePath(kafka, {
    topics: [{ name: probeTopic, partitions: spec.brokers }, ...listed],
    runId: randomUUID(),
    recordsPerPartition: 1,
    signal,
  });
  return `${records} records on ${partitions} partitions, written with acks=all and read back (median ${Math.round(medianAckMs)} ms)`;
}
