import { describe, expect, test } from '@jest/globals';
import { incrementalAlterConfigsApi } from '@kafka-ha/kafka-protocol';
import {
  alterBrokerConfigs,
  alterTopicConfigs,
  cancelReassignments,
  createPartitions,
  createTopics,
  deleteTopics,
  electLeaders,
  startReassignments,
  type FencedKafka,
  unregisterBrokers,
} from './index.ts';
import { aTopic, FakeCluster } from './testing/fake-cluster.ts';

const signal = new AbortController().signal;
const partition = { topic: 'orders', partition: 0 };

const changes: Record<string, (kafka: FencedKafka) => Promise<unknown>> = {
  alterBrokerConfigs: (kafka) => alterBrokerConfigs(kafka, 'all', { x: '1' }),
  alterTopicConfigs: (kafka) => alterTopicConfigs(kafka, new Map([['orders', { x: '1' }]])),
  createTopics: (kafka) => createTopics(kafka, [{ name: 'new', config: {}, assignment: [[0]] }], { signal }),
  deleteTopics: (kafka) => deleteTopics(kafka, ['orders']),
  unregisterBrokers: (kafka) => unregisterBrokers(kafka, [3]),
  createPartitions: (kafka) => createPartitions(kafka, { name: 'orders', existing: 1, assignment: [[0]] }),
  startReassignments: (kafka) => startReassignments(kafka, [{ ...partition, replicas: [0] }]),
  cancelReassignments: (kafka) => cancelReassignments(kafka, [partition]),
  electLeaders: (kafka) => electLeaders(kafka),
};

function aCluster(): FakeCluster {
  const cluster = new FakeCluster([0]);
  cluster.topics = [aTopic('orders', [0])];
  return cluster;
}

describe('fence', () => {
  test.each(Object.entries(changes))('%s is not sent where the fence says no', async (_name, change) => {
    const cluster = aCluster();
    const fence = () => Promise.reject(new Error('not held'));
    await using kafka = cluster.connect(signal, { fence });
    await expect(change(kafka)).rejects.toThrow('not held');
    expect(cluster.asked.filter(({ api }) => api !== 'Metadata')).toEqual([]);
  });

  test.each(Object.entries(changes))('%s is refused where nothing guards it', async (_name, change) => {
    await using kafka = aCluster().connect(signal, { fence: undefined });
    await expect(change(kafka)).rejects.toMatchObject({ code: 'internal' });
  });

  test('a validation needs no fence', async () => {
    const cluster = aCluster();
    cluster.answer(incrementalAlterConfigsApi, () => ({ throttleTimeMs: 0, resources: [] }));
    await using kafka = cluster.connect(signal, { fence: () => Promise.reject(new Error('not held')) });
    await alterBrokerConfigs(kafka, 'all', { x: '1' }, { validateOnly: true });
    expect(cluster.requestsOf(incrementalAlterConfigsApi)).toHaveLength(1);
  });
});
