import {
  readBrokerConfigs,
  readDefaultBrokerConfigs,
  readQuotas,
  readTopicConfigs,
  type Configs,
  type KafkaConnection,
} from '@kafka-ha/kafka';
import type { MetadataImage } from '@kafka-ha/planning';

/** With all their keys, inherited ones too, the configs of so many topics are some MiB. */
const topicsAtOnce = 200;

/** What one broker has of the metadata that is for good. Of a broker that uses controllers that is what these hold. */
export async function readImage(
  kafka: KafkaConnection,
  { of, brokerIds }: { of: number; brokerIds: readonly number[] },
): Promise<MetadataImage> {
  const { topics } = await kafka.readMetadataOf(of, null);
  const configs = new Map<string, Configs>();
  for (let at = 0; at < topics.length; at += topicsAtOnce) {
    const names = topics.slice(at, at + topicsAtOnce).map(({ name }) => name);
    for (const [name, config] of await readTopicConfigs(kafka, names, { of })) configs.set(name, config);
  }
  const [own, all, quotas] = await Promise.all([
    readBrokerConfigs(kafka, brokerIds),
    readDefaultBrokerConfigs(kafka, { of }),
    readQuotas(kafka, of),
  ]);
  const ofBrokers = [...own].map(([id, config]) => [String(id), setBy('dynamic-broker', config)] as const);
  return {
    topics: Object.fromEntries(
      topics.map(({ name, topicId, partitions }) => [
        name,
        {
          id: topicId,
          partitions: Object.fromEntries(partitions.map(({ index, replicas }) => [index, replicas])),
          config: setBy('topic', configs.get(name) ?? {}),
        },
      ]),
    ),
    brokers: Object.fromEntries(
      [['all', valuesOf(Object.entries(all))] as const, ...ofBrokers].filter(
        ([, values]) => Object.keys(values).length > 0,
      ),
    ),
    quotas,
  };
}

function setBy(source: 'topic' | 'dynamic-broker', configs: Configs): Record<string, string | null> {
  return valuesOf(Object.entries(configs).filter(([, entry]) => entry.source === source));
}

function valuesOf(entries: readonly (readonly [string, Configs[string]])[]): Record<string, string | null> {
  return Object.fromEntries(entries.map(([key, { value }]) => [key, value]));
}
