import { KafkaHaError } from '@kafka-ha/errors';
import { readEndOffsets, readTopics, type KafkaConnection, type TopicState } from '@kafka-ha/kafka';
import type { Clock } from '@kafka-ha/kube';
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
  const growing = after.flatMap(({ topic, offsets }, i) => {
    const known = before[i]?.offsets ?? new Map<number, number>();
    const records = [...offsets].reduce(
      (sum, [partition, end]) => sum + end - (known.get(partition) ?? end),
      0,
    );
    return records > 0 ? [`${topic}: ${records} records in a second`] : [];
  });
  if (growing.length === 0) return;
  throw new KafkaHaError('conflict', 'others are writing to this cluster', {
    details: growing,
    hint: 'A bench takes all the speed there is. Run it when nobody writes, or with --yes if they can stand it.',
  });
}

function isOthers({ name, internal }: TopicState): boolean {
  return !internal && name !== probeTopic && name !== benchTopic;
}
