import { isKafkaHaError } from '@kafka-ha/base';
import { differingKeys, releaseNumber, releaseRefusal, type LiveSetting, type Spec } from '@kafka-ha/config';
import {
  type Configs,
  type ConfigSource,
  type KafkaConnection,
  readBrokerConfigs,
  readCluster,
  readDefaultBrokerConfigs,
  readTopicConfigs,
  readTopics,
} from '@kafka-ha/kafka';
import { bootstrapHost, kafkaConfigOf, kafkaPorts } from '@kafka-ha/manifests';
import { type Cluster, openKafka } from '@kafka-ha/cluster';
import { readNodes } from './read-running-metadata.ts';
import type { Refusal } from './refusal.ts';

/**
 * Settings that topics have, or that brokers were given while they ran, and that the file's version of Kafka does not take. They
 * are in no file. Brokers of 4.4.0 do not start where one topic's segment.bytes is below their least, and those of 4.0 and 4.1
 * refuse every change of a topic that has a setting that was removed (KAFKA-19851). No version that runs without controllers is such a one.
 *
 * Nothing is asked where no other release is wanted.
 */
export async function readSettingRefusals(cluster: Cluster): Promise<Refusal[]> {
  const { spec } = cluster;
  if (spec.mode !== 'kraft') return [];
  const to = spec.versions.kafka;
  const versions = (await readNodes(cluster)).flatMap(({ version }) => version ?? []);
  const steps = unique(versions)
    .filter((from) => releaseNumber(from) !== releaseNumber(to))
    .map((from) => ({ from, to }));
  if (steps.length === 0) return [];
  try {
    await using kafka = await openKafka(cluster);
    return await settingRefusals(kafka, spec, steps);
  } catch (error) {
    if (!isKafkaHaError(error) || error.code !== 'kafka-unreachable') throw error;
    return unreadRefusals(steps, error.message);
  }
}

type VersionStep = { from: string; to: string };

export async function settingRefusals(
  kafka: KafkaConnection,
  spec: Spec,
  steps: readonly VersionStep[],
): Promise<Refusal[]> {
  const keysOf = (of: LiveSetting['of']) => unique(steps.flatMap((step) => differingKeys(of, step)));
  // A deployment gives these the file's value before anything restarts.
  const { dynamic } = kafkaConfigOf(spec);
  const settings = [
    ...(await topicSettings(kafka, keysOf('topic'))),
    ...(await brokerSettings(
      kafka,
      keysOf('broker').filter((key) => !Object.hasOwn(dynamic, key)),
    )),
  ];
  return settings.flatMap((setting) => settingRefusal(setting, steps, spec));
}

/** `whose`: the name of a topic, a broker's id, or all brokers. */
type Found = LiveSetting & { whose: string };

function settingRefusal(
  { whose, ...setting }: Found,
  steps: readonly VersionStep[],
  spec: Pick<Spec, 'name' | 'namespace'>,
): Refusal[] {
  const [why] = steps.flatMap((step) => releaseRefusal(setting, step) ?? []);
  if (why === undefined) return [];
  const { of, key } = setting;
  const entity = whose === allBrokers ? '--entity-default' : `--entity-name ${whose}`;
  const server = `${bootstrapHost(spec)}:${kafkaPorts.clients}`;
  const command = `kafka-configs.sh --bootstrap-server ${server} --alter --entity-type ${of}s ${entity} --delete-config ${key}`;
  return [
    {
      code: 'conflict',
      why: `${key} is set for ${whose === allBrokers ? whose : `${of} ${whose}`}: ${why}. To remove it: ${command}`,
      hint: 'Remove the setting while the former version runs, then run this again.',
    },
  ];
}

const allBrokers = 'all brokers';

async function topicSettings(kafka: KafkaConnection, keys: readonly string[]): Promise<Found[]> {
  if (keys.length === 0) return [];
  const names = (await readTopics(kafka)).map(({ name }) => name);
  const configs = await readTopicConfigs(kafka, names, { keys });
  return [...configs].flatMap(([whose, config]) =>
    setBy(config, 'topic').map(([key, value]) => ({ of: 'topic', whose, key, value })),
  );
}

async function brokerSettings(kafka: KafkaConnection, keys: readonly string[]): Promise<Found[]> {
  const of = (config: Configs, source: ConfigSource, whose: string): Found[] =>
    setBy(config, source)
      .filter(([key]) => keys.includes(key))
      .map(([key, value]) => ({ of: 'broker', whose, key, value }));
  if (keys.length === 0) return [];
  const ids = (await readCluster(kafka)).brokers.map(({ id }) => id);
  const each = await readBrokerConfigs(kafka, ids, { keys });
  return [
    ...of(await readDefaultBrokerConfigs(kafka), 'dynamic-cluster', allBrokers),
    ...[...each].flatMap(([id, config]) => of(config, 'dynamic-broker', String(id))),
  ];
}

function setBy(config: Configs, source: ConfigSource): [key: string, value: string | null][] {
  return Object.entries(config).flatMap(([key, entry]) =>
    entry.source === source ? [[key, entry.value]] : [],
  );
}

/** On the way back nobody is held up: it may be what the brokers need. */
export function unreadRefusals(steps: readonly VersionStep[], why: string): Refusal[] {
  const up = steps.find(({ from, to }) => releaseNumber(from) < releaseNumber(to));
  if (up === undefined) return [];
  return [
    {
      code: 'kafka-unreachable',
      why: `whether topics or brokers have settings that Kafka ${up.to} does not take cannot be seen: ${why}`,
      hint: 'Run `kafka-ha health` to see what is wrong, and change the version once the brokers answer.',
    },
  ];
}

function unique(keys: readonly string[]): string[] {
  return [...new Set(keys)];
}
