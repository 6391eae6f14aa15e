import type { Spec } from '@kafka-ha/config';
import type { Finding, FindingCode } from '@kafka-ha/health';
import { deleteTopics } from '@kafka-ha/kafka';
import { balancedAssignment } from '@kafka-ha/planning';
import { openKafka, type FencedCluster } from '@kafka-ha/cluster';
import { ordinals } from '@kafka-ha/manifests';
import { createTopicAnew } from '../guest/create-topic-anew.ts';

export const drillTopic = '__kafka_ha_drill';

/** What the drill's topic is like where it is not what the cluster file promises. */
export type TopicOptions = { replicationFactor?: number; config?: Readonly<Record<string, string>> };

/** What is left behind if the tool dies goes by itself. */
const retentionMs = 15 * 60_000;
/** Kafka's default, by which the load cuts its batches, whatever the cluster's own limit is. */
const maxBatchBytes = '1048588';

/** A new topic for each drill: its logs hold what this drill wrote, and nothing else. Returns the brokers of each partition. */
export async function createDrillTopic(
  cluster: FencedCluster,
  { partitions, topic }: { partitions: number; topic: TopicOptions },
): Promise<readonly (readonly number[])[]> {
  const { spec } = cluster;
  await using kafka = await openKafka(cluster);
  const assignment = balancedAssignment({
    brokers: ordinals(spec.brokers),
    partitions,
    replicationFactor: replicationOf(spec, topic).factor,
  });
  const config = { 'retention.ms': String(retentionMs), 'max.message.bytes': maxBatchBytes, ...topic.config };
  await createTopicAnew(kafka, { name: drillTopic, config, assignment }, cluster.signal);
  return assignment;
}

/** A drill may write to a topic that is less safe than the file promises, to show what then happens. */
export function isMeantToBe({ code, subject }: Finding): boolean {
  const ofTopic: FindingCode[] = ['topic-breaks-promise', 'topic-unclean-election'];
  return ofTopic.includes(code) && subject.startsWith(`topic ${drillTopic}`);
}

export async function deleteDrillTopic(cluster: FencedCluster): Promise<void> {
  await using kafka = await openKafka(cluster);
  await deleteTopics(kafka, [drillTopic]);
}

/** Replicas and min.insync.replicas of the drill's topic. */
export function replicationOf(
  { replication }: Pick<Spec, 'replication'>,
  { replicationFactor, config }: TopicOptions,
): { factor: number; minInSync: number } {
  return {
    factor: replicationFactor ?? replication.factor,
    minInSync: Number(config?.['min.insync.replicas'] ?? replication.minInSync),
  };
}
