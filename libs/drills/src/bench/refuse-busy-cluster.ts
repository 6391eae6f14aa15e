import { count, KafkaHaError, type Clock } from '@kafka-ha/base';
import {
  readEndOffsets,
  readTopics,
  type EndOffsets,
  type KafkaConnection,
  type TopicMetadata,
} from '@kafka-ha/kafka';
import { probeTopic } from '@kafka-ha/manifests';
import { benchTopic } from './bench-topic.ts';

const watchedMs = 1_000;

/**
 * Refuses a cluster to whose topics somebody writes: at full speed a bench takes their share.
 *
 * @throws KafkaHaError `conflict`, naming the topics.
 */
export async function refuseBusyCluster(
  kafka: KafkaConnection,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const topics = (await readTopics(kafka)).filter(isOthers);
  const before = await readEndOffsets(kafka, topics);
  await clock.sleep(watchedMs, signal);
  const after = await readEndOffsets(kafka, topics);
  const growing = growth(before, after);
  if (growing.length === 0) return;
  throw new KafkaHaError('conflict', 'others are writing to this cluster', {
    details: growing,
    hint: 'A bench uses the full throughput of the cluster. Run it when nobody writes, or with --yes if others can bear that.',
  });
}

/** `events: 120 records in a second`, for each topic that grew. A partition that was led by nobody before does not count. */
export function growth(before: readonly EndOffsets[], after: readonly EndOffsets[]): string[] {
  return after.flatMap(({ topic, offsets }) => {
    const known = before.find((each) => each.topic === topic)?.offsets;
    const grown = [...offsets].map(([partition, end]) => end - (known?.get(partition) ?? end));
    const records = grown.reduce((sum, count) => sum + count, 0);
    return records > 0 ? [`${topic}: ${count(records, 'record')} in a second`] : [];
  });
}

function isOthers({ name, internal }: TopicMetadata): boolean {
  return !internal && name !== probeTopic && name !== benchTopic;
}
