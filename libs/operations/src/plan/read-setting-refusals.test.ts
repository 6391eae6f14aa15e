import { describe, expect, test } from '@jest/globals';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { aTopic, FakeCluster } from '@kafka-ha/kafka/testing';
import { RESOURCE } from '@kafka-ha/kafka-protocol';
import { readSettingRefusals, settingRefusals, unreadRefusals } from './read-setting-refusals.ts';

const { signal } = new AbortController();
const spec = aSpec({
  mode: 'kraft',
  brokers: 3,
  tolerance: 1,
  versions: { kafka: '4.4.0', metadata: '3.9' },
});
const up = [{ from: '3.9.2', to: '4.4.0' }];

/** Whose settings, by topic or by broker (`` for all): each with its value and Kafka's number for who set it. */
type Settings = Record<string, Record<string, readonly [value: string, source: number]>>;

/** What Kafka answers for what is asked, and no more. */
function aClusterWith({ topics = {}, brokers = {} }: { topics?: Settings; brokers?: Settings }): FakeCluster {
  const cluster = new FakeCluster([0, 1, 2]);
  cluster.topics = Object.keys(topics).map((name) => aTopic(name, [0, 1, 2]));
  cluster.answerConfigs(({ type, name }) =>
    Object.entries((type === RESOURCE.topic ? topics : brokers)[name] ?? {}).map(
      ([key, [value, source]]) => ({ name: key, value, source }),
    ),
  );
  return cluster;
}

async function refusalsOf(cluster: FakeCluster, steps = up): Promise<string[]> {
  await using kafka = cluster.connect();
  return (await settingRefusals(kafka, spec, steps)).map(({ why }) => why);
}

const configs = 'kafka-configs.sh --bootstrap-server events-kafka-bootstrap.kafka.svc:9092 --alter';

describe('readSettingRefusals', () => {
  test('each setting that the new version does not take is named, with whose it is and how to remove it', async () => {
    const topics: Settings = {
      orders: { 'message.format.version': ['3.0', 1], 'retention.ms': ['60000', 1] },
      small: { 'segment.bytes': ['65536', 1] },
    };
    const brokers: Settings = {
      '': { 'log.message.timestamp.difference.max.ms': ['1000', 3] },
      '2': { 'log.message.downconversion.enable': ['false', 2] },
    };
    expect(await refusalsOf(aClusterWith({ topics, brokers }))).toEqual([
      `message.format.version is set for topic orders: Kafka 4.0 removed it. To remove it: ${configs} --entity-type topics --entity-name orders --delete-config message.format.version`,
      `segment.bytes is set for topic small: it is 65536, and Kafka 4.4.0 takes a whole number of at least 1048576. To remove it: ${configs} --entity-type topics --entity-name small --delete-config segment.bytes`,
      `log.message.timestamp.difference.max.ms is set for all brokers: Kafka 4.0 removed it. To remove it: ${configs} --entity-type brokers --entity-default --delete-config log.message.timestamp.difference.max.ms`,
      `log.message.downconversion.enable is set for broker 2: Kafka 4.0 removed it. To remove it: ${configs} --entity-type brokers --entity-name 2 --delete-config log.message.downconversion.enable`,
    ]);
  });

  test('what nobody has set, and what the file sets itself, is not held against it', async () => {
    const topics: Settings = {
      orders: { 'message.downconversion.enable': ['true', 5], 'segment.bytes': ['65536', 4] },
    };
    const brokers: Settings = { '': { 'log.segment.bytes': ['70000', 3] } };
    expect(await refusalsOf(aClusterWith({ topics, brokers }))).toEqual([]);
  });

  test('between versions that take the same nothing is asked', async () => {
    const cluster = aClusterWith({ topics: { orders: { 'segment.bytes': ['65536', 1] } } });
    expect(await refusalsOf(cluster, [{ from: '4.4.0', to: '4.4.1' }])).toEqual([]);
    expect(cluster.asked).toEqual([]);
  });

  test('no version goes up while it cannot be seen; on the way back nobody is held up', () => {
    expect(unreadRefusals(up, 'no broker answers')).toMatchObject([
      {
        code: 'kafka-unreachable',
        why: 'whether topics or brokers have settings that Kafka 4.4.0 does not take cannot be seen: no broker answers',
      },
    ]);
    expect(unreadRefusals([{ from: '4.4.0', to: '3.9.2' }], 'no broker answers')).toEqual([]);
  });

  test('of the version that runs nothing is asked', async () => {
    const image = 'apache/kafka:4.4.0';
    const broker = {
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'events-kafka-0', namespace: 'kafka' } },
      spec: { containers: [{ name: 'kafka', image }] },
    };
    await using fake = await fakeObjects([broker]);
    expect(await readSettingRefusals({ kube: fake.kube, spec, signal })).toEqual([]);
  });
});
