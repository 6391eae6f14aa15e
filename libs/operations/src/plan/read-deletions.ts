import type { Spec } from '@kafka-ha/config';
import { readTopicConfigs, readTopics, type Configs, type KafkaConnection } from '@kafka-ha/kafka';
import { kafkaConfigOf } from '@kafka-ha/manifests';
import {
  bytesOf,
  type Deletion,
  deletions,
  retentionAfter,
  retentionBrokerKeys,
  retentionOf,
  type TopicSetting,
} from '@kafka-ha/planning';
import { topicConfigChanges } from '../deploy/topic-config-changes.ts';
import { readLogSizes } from '@kafka-ha/cluster';

/**
 * Which topics would lose records, those too that no file knows, once the brokers have the spec's settings and its topics
 * have theirs. `changedKeys` are the broker settings that become others.
 */
export async function readDeletions(
  kafka: KafkaConnection,
  spec: Spec,
  changedKeys: readonly string[],
): Promise<Deletion[]> {
  const topics = await readTopics(kafka);
  const configs = await readTopicConfigs(
    kafka,
    topics.map(({ name }) => name),
  );
  const ownChanges = topicConfigChanges(spec, configs);
  const changed = new Set(changedKeys.filter((key) => retentionBrokerKeys.includes(key)));
  if (changed.size === 0 && ownChanges.length === 0) return [];
  const { restart, dynamic } = kafkaConfigOf(spec);
  const replicas = topics.flatMap(({ partitions }) => partitions.flatMap((each) => each.replicas));
  const sizes = await readLogSizes(kafka, new Set(replicas));
  return deletions(
    topics.flatMap(({ name, partitions }) => {
      const settings = settingsOf(configs.get(name));
      if (settings === undefined) return [];
      const own = Object.fromEntries(
        ownChanges.filter(({ topic }) => topic === name).map(({ key, to }) => [key, to]),
      );
      return {
        topic: name,
        logBytes: partitions.map(({ partition }) => bytesOf(sizes, { topic: name, partition })),
        before: retentionOf(settings),
        after: retentionAfter(settings, { own, changed, wanted: { ...restart, ...dynamic } }),
      };
    }),
  );
}

function settingsOf(configs: Configs | undefined): Record<string, TopicSetting> | undefined {
  if (configs === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(configs).map(([key, { value, source }]) => [key, { value, isOwn: source === 'topic' }]),
  );
}
