import { describe, expect, test } from '@jest/globals';
import { describeConfigsApi, incrementalAlterConfigsApi, RESOURCE } from '@kafka-ha/kafka-protocol';
import { alterBrokerConfigs, readDefaultBrokerConfigs } from './index.ts';
import { FakeCluster } from './testing/fake-cluster.ts';

describe('alterBrokerConfigs', () => {
  test('a key of all brokers is set, and another taken back, under the empty name', async () => {
    const cluster = aCluster();
    await using kafka = cluster.connect();
    await alterBrokerConfigs(kafka, 'all', { 'log.cleaner.threads': '2', 'num.io.threads': null });
    expect(cluster.requestsOf(incrementalAlterConfigsApi)).toEqual([
      {
        resources: [
          {
            type: RESOURCE.broker,
            name: '',
            configs: [
              { name: 'log.cleaner.threads', operation: 0, value: '2' },
              { name: 'num.io.threads', operation: 1, value: null },
            ],
          },
        ],
        validateOnly: false,
      },
    ]);
  });

  test('a key of one broker goes to that broker', async () => {
    const cluster = aCluster();
    await using kafka = cluster.connect();
    await alterBrokerConfigs(kafka, 2, { 'log.cleaner.threads': '2' });
    expect(cluster.asked.filter(({ api }) => api === 'IncrementalAlterConfigs')).toMatchObject([
      { brokerId: 2, request: { resources: [{ name: '2' }] } },
    ]);
  });

  test('a change can be tried without being made', async () => {
    const cluster = aCluster();
    await using kafka = cluster.connect();
    await alterBrokerConfigs(kafka, 'all', { 'num.io.threads': '4' }, { validateOnly: true });
    expect(cluster.requestsOf(incrementalAlterConfigsApi)[0]?.validateOnly).toBe(true);
  });

  test.each([
    ['all', 'all brokers'],
    [1, 'broker 1'],
  ] as const)('what Kafka refuses for %s is said with its reason', async (entity, whose) => {
    const cluster = aCluster(40, 'Cannot update these configs dynamically: Set(broker.rack)');
    await using kafka = cluster.connect();
    await expect(alterBrokerConfigs(kafka, entity, { 'broker.rack': 'a' })).rejects.toMatchObject({
      code: 'kafka-refused',
      message: `the config of ${whose} was not changed (broker.rack): INVALID_CONFIG (Cannot update these configs dynamically: Set(broker.rack))`,
    });
  });

  test('what all brokers were given dynamically is read under the empty name', async () => {
    const cluster = new FakeCluster([0]);
    cluster.answerConfigs(() => [{ name: 'num.io.threads', value: '4', source: 3 }]);
    await using kafka = cluster.connect();
    expect(await readDefaultBrokerConfigs(kafka)).toEqual({
      'num.io.threads': { value: '4', source: 'dynamic-cluster', isDefault: false },
    });
    expect(cluster.requestsOf(describeConfigsApi)[0]?.resources).toEqual([
      { type: RESOURCE.broker, name: '', keys: null },
    ]);
  });

  function aCluster(errorCode = 0, errorMessage: string | null = null): FakeCluster {
    const cluster = new FakeCluster([0, 1, 2]);
    cluster.answer(incrementalAlterConfigsApi, ({ resources }) => ({
      throttleTimeMs: 0,
      resources: resources.map(({ type, name }) => ({ errorCode, errorMessage, type, name })),
    }));
    return cluster;
  }
});
