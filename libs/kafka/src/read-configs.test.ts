import { describe, expect, test } from '@jest/globals';
import { describeConfigsApi, ERROR, incrementalAlterConfigsApi, RESOURCE } from '@kafka-ha/kafka-protocol';
import { alterTopicConfigs, readBrokerConfigs, readTopicConfigs } from './index.ts';
import { FakeCluster } from './testing/fake-cluster.ts';

describe('read configs', () => {
  test.each([
    [1, 'topic', false],
    [2, 'dynamic-broker', false],
    [3, 'dynamic-cluster', false],
    [4, 'static', false],
    [5, 'default', true],
    [9, 'other', false],
  ])('a value of source %i was set by: %s', async (source, name, isDefault) => {
    const cluster = new FakeCluster([0]);
    cluster.answerConfigs(() => [{ name: 'min.insync.replicas', value: '3', source }]);
    await using kafka = cluster.connect();
    expect(await readTopicConfigs(kafka, ['orders'])).toEqual(
      new Map([['orders', { 'min.insync.replicas': { value: '3', source: name, isDefault } }]]),
    );
  });

  test('a topic that does not exist is left out', async () => {
    const cluster = new FakeCluster([0]);
    const nowhere = { errorCode: ERROR.unknownTopicOrPartition, errorMessage: null, configs: [] };
    cluster.answer(describeConfigsApi, ({ resources }) => ({
      throttleTimeMs: 0,
      resources: resources.map(({ type, name }) => ({ type, name, ...nowhere })),
    }));
    await using kafka = cluster.connect();
    expect(await readTopicConfigs(kafka, ['nowhere'])).toEqual(new Map());
  });

  test('each broker is asked for its own config', async () => {
    const cluster = new FakeCluster([0, 1, 2]);
    cluster.answerConfigs((_, brokerId) => [{ name: 'asked.broker', value: String(brokerId), source: 4 }]);
    await using kafka = cluster.connect();
    const configs = await readBrokerConfigs(kafka, [0, 2]);
    expect([...configs].map(([id, config]) => [id, config['asked.broker']?.value])).toEqual([
      [0, '0'],
      [2, '2'],
    ]);
  });

  test('the value that a key has when nobody sets it is told where Kafka tells it', async () => {
    const cluster = new FakeCluster([0]);
    const synonyms = [
      { name: 'num.io.threads', value: '4', source: 4 },
      { name: 'num.io.threads', value: '8', source: 5 },
    ];
    cluster.answerConfigs(() => [{ name: 'num.io.threads', value: '4', source: 4, synonyms }]);
    await using kafka = cluster.connect();
    expect((await readBrokerConfigs(kafka, [0])).get(0)).toEqual({
      'num.io.threads': { value: '4', source: 'static', isDefault: false, builtIn: '8' },
    });
  });

  test('a broker that does not run cannot be asked', async () => {
    await using kafka = new FakeCluster([0]).connect();
    await expect(readBrokerConfigs(kafka, [7])).rejects.toMatchObject({
      code: 'kafka-unreachable',
      message: 'kafka-7:9092: connect ECONNREFUSED',
    });
  });

  test('a key is set or taken back, and no other is named', async () => {
    const cluster = new FakeCluster([0]);
    cluster.answer(incrementalAlterConfigsApi, () => ({ throttleTimeMs: 0, resources: [] }));
    await using kafka = cluster.connect();
    await alterTopicConfigs(kafka, new Map([['orders', { 'retention.bytes': '5', 'segment.bytes': null }]]));
    expect(cluster.requestsOf(incrementalAlterConfigsApi)[0]?.resources[0]?.configs).toEqual([
      { name: 'retention.bytes', operation: 0, value: '5' },
      { name: 'segment.bytes', operation: 1, value: null },
    ]);
  });

  test('a value that Kafka refuses is said with its reason', async () => {
    const cluster = new FakeCluster([0]);
    cluster.answer(incrementalAlterConfigsApi, () => ({
      throttleTimeMs: 0,
      resources: [{ errorCode: 40, errorMessage: 'Not a number', type: RESOURCE.topic, name: 'orders' }],
    }));
    await using kafka = cluster.connect();
    await expect(
      alterTopicConfigs(kafka, new Map([['orders', { 'segment.bytes': 'x' }]])),
    ).rejects.toMatchObject({
      code: 'kafka-refused',
      message: 'the config of topic orders was not changed: INVALID_CONFIG (Not a number)',
    });
  });
});
