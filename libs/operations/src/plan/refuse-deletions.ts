import { count, isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import { kafkaConfigOf } from '@kafka-ha/manifests';
import type { Deletion } from '@kafka-ha/planning';
import { type Cluster, readAppliedKeys } from '@kafka-ha/cluster';
import { readKafkaChanges } from './read-kafka-changes.ts';

/**
 * Refuses a change by which Kafka would delete records, unless somebody has said that they mean it.
 *
 * @throws KafkaHaError `invalid-usage`, with each topic and what it would lose.
 */
export async function refuseDeletions(cluster: Cluster): Promise<void> {
  refuseLoss(await readPlannedDeletions(cluster));
}

/** @throws KafkaHaError `invalid-usage` where there are any. */
export function refuseLoss(deletions: readonly Deletion[]): void {
  if (deletions.length === 0) return;
  const topics = count(deletions.length, 'topic');
  throw new KafkaHaError('invalid-usage', `records of ${topics} would be deleted, which was not allowed`, {
    details: deletions.map(({ topic, why }) => `${topic}: ${why}`),
    hint: 'To allow it, use --delete-records (input `delete-records` of an action). Or enlarge the volumes, or use fewer topics. Nothing was changed.',
  });
}

async function readPlannedDeletions(cluster: Cluster): Promise<Deletion[]> {
  const applied = await readAppliedKeys(cluster);
  if (applied === undefined) return [];
  try {
    return (await readKafkaChanges(cluster, { applied })).deletions;
  } catch (error) {
    if (!isKafkaHaError(error) || error.code !== 'kafka-unreachable') throw error;
    return unread(applied, kafkaConfigOf(cluster.spec).dynamic);
  }
}

/** Brokers that do not answer read their keys when they start, and delete then. */
function unread(
  applied: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): Deletion[] {
  const key = 'log.retention.bytes';
  const [from, to] = [Number(applied[key]), Number(wanted[key])];
  if (!(to < from)) return [];
  return [
    {
      topic: `every topic without retention.bytes of its own`,
      why: `what a partition holds beyond ${to} bytes, was ${from}; how much that is cannot be read, because no broker answers`,
    },
  ];
}
