import { isSameValue, type Spec } from '@kafka-ha/config';
import { type KafkaConnection, readTopicConfigs } from '@kafka-ha/kafka';
import type { TopicState } from '@kafka-ha/health';
import { kafkaConfigOf } from '@kafka-ha/manifests';
import {
  bytesOf,
  type Deletion,
  type KeyChange,
  retentionBrokerKeys,
  type TopicChange,
} from '@kafka-ha/planning';
import {
  type Cluster,
  openKafka,
  readDynamicChanges,
  readLogSizes,
  readServerProperties,
} from '@kafka-ha/cluster';
import { readTopicConfigChanges } from '../deploy/topic-config-changes.ts';
import { readDeletions } from './read-deletions.ts';

/** What a deployment changes in Kafka itself, and what follows from that. */
export type KafkaChanges = {
  keys: KeyChange[];
  topics: TopicChange[];
  deletions: Deletion[];
  bytesToCopy: ReadonlyMap<string, number>;
  /** The topics, each with the min.insync.replicas that it has once the brokers have their new keys. */
  topicsThen: readonly TopicState[];
};

/** Keys that take no restart, of brokers and of topics; `applied` are the dynamic ones that were applied last. */
export async function readKafkaChanges(
  cluster: Cluster,
  { applied, topics = [] }: { applied: Readonly<Record<string, string>>; topics?: readonly TopicState[] },
): Promise<KafkaChanges> {
  const { spec } = cluster;
  await using kafka = await openKafka(cluster);
  const changes = await readDynamicChanges(cluster, kafka, applied);
  const configs = await readTopicConfigChanges(kafka, spec);
  const changedKeys = [...changes.map(({ key }) => key), ...(await retentionByRestart(cluster))];
  return {
    bytesToCopy: await readBytesToCopy(kafka, spec, topics),
    deletions: await readDeletions(kafka, spec, changedKeys),
    keys: changes.map(({ entity, ...change }) => ({ ...change, how: 'dynamic', brokers: entity })),
    topics: configs.map((change) => ({ kind: 'alter', ...change })),
    topicsThen: await topicsThen(kafka, topics, changes),
  };
}

/** The settings of the brokers' own files by which records are kept for another time after a restart. */
async function retentionByRestart(cluster: Cluster): Promise<string[]> {
  const wanted = kafkaConfigOf(cluster.spec).restart;
  const there = await readServerProperties(cluster);
  if (there === undefined) return [];
  return retentionBrokerKeys.filter((key) => !isSameValue(key, there[key], wanted[key]));
}

/** A topic's own key is set after the restarts; the brokers' default before them. */
async function topicsThen(
  kafka: KafkaConnection,
  topics: readonly TopicState[],
  changes: readonly { entity: number | 'all'; key: string; to: string | null }[],
): Promise<readonly TopicState[]> {
  const change = changes.find(({ entity, key }) => entity === 'all' && key === minInSyncKey);
  if (change?.to === undefined || change.to === null) return topics;
  const configs = await readTopicConfigs(
    kafka,
    topics.map(({ name }) => name),
  );
  const minInSync = Number(change.to);
  return topics.map((topic) =>
    configs.get(topic.name)?.[minInSyncKey]?.source === 'topic' ? topic : { ...topic, minInSync },
  );
}

const minInSyncKey = 'min.insync.replicas';

/** Per topic that has fewer replicas than the file says: what a reassignment would copy, in bytes. */
async function readBytesToCopy(
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
