import { KafkaHaError } from '@kafka-ha/base';
import {
  alterBrokerConfigs,
  alterTopicConfigs,
  readBrokerConfigs,
  readCluster,
  readDefaultBrokerConfigs,
  readTopicConfigs,
  readTopics,
  type Configs,
  type ConfigSource,
  type FencedKafka,
} from '@kafka-ha/kafka';
import { throttlesInForce } from './throttles.ts';

const topicKeys = ['leader.replication.throttled.replicas', 'follower.replication.throttled.replicas'];
const brokerKeys = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate'];

/**
 * Removes every replication throttle from every topic, every broker and from the default of all brokers, whoever set it.
 * Returns how many held one.
 *
 * @throws KafkaHaError `conflict` where one stands in a broker's own file, which nobody can change while it runs.
 */
export async function removeThrottles(kafka: FencedKafka, signal: AbortSignal): Promise<number> {
  const names = (await readTopics(kafka)).map(({ name }) => name);
  const topics = await readTopicConfigs(kafka, names, { keys: topicKeys });
  const throttled = [...topics].filter(([, config]) => keysSet(config, ['topic']).length > 0);
  if (throttled.length > 0)
    await alterTopicConfigs(
      kafka,
      new Map(throttled.map(([topic, config]) => [topic, without(config, ['topic'])])),
    );

  const ofAll = throttlesOf(await readDefaultBrokerConfigs(kafka));
  if (keysSet(ofAll, dynamicSources).length > 0)
    await alterBrokerConfigs(kafka, 'all', without(ofAll, dynamicSources));

  const ids = (await readCluster(kafka)).brokers.map(({ id }) => id);
  const configs = [...(await readBrokerConfigs(kafka, ids, { keys: brokerKeys }))];
  const brokers = configs.filter(([, config]) => keysSet(config, ['dynamic-broker']).length > 0);
  for (const [id, config] of brokers)
    await alterBrokerConfigs(kafka, id, without(config, ['dynamic-broker']));

  await throttlesInForce(kafka, ids, (config) => keysSet(config, dynamicSources).length === 0, signal);
  await refuseStatic(kafka, ids);
  return throttled.length + brokers.length + (keysSet(ofAll, dynamicSources).length > 0 ? 1 : 0);
}

const dynamicSources: readonly ConfigSource[] = ['dynamic-broker', 'dynamic-cluster'];

async function refuseStatic(kafka: FencedKafka, ids: readonly number[]): Promise<void> {
  const configs = await readBrokerConfigs(kafka, ids, { keys: brokerKeys });
  const held = [...configs].flatMap(([id, config]) =>
    keysSet(config, ['static']).map((key) => `broker ${id}: ${key}=${config[key]?.value}`),
  );
  if (held.length === 0) return;
  throw new KafkaHaError('conflict', 'a replication throttle is in the configuration file of a broker', {
    details: held,
    hint: 'Remove it from kafkaConfig in the cluster file and run `kafka-ha deploy`: brokers read it when they start.',
  });
}

function throttlesOf(config: Configs): Configs {
  return Object.fromEntries(Object.entries(config).filter(([key]) => brokerKeys.includes(key)));
}

/** The throttles that one of these has set; of a broker's config what all brokers were given is `dynamic-cluster`. */
function keysSet(config: Configs, by: readonly ConfigSource[]): string[] {
  return Object.entries(config)
    .filter(([, { value, source }]) => by.includes(source) && value !== '' && value !== null)
    .map(([key]) => key);
}

function without(config: Configs, by: readonly ConfigSource[]): Record<string, null> {
  return Object.fromEntries(keysSet(config, by).map((key) => [key, null]));
}
