import { describe, expect, test } from '@jest/globals';
import { aPartition, aTopic as aTopicState } from '@kafka-ha/health/testing';
import {
  describeConfigsApi,
  describeLogDirsApi,
  ERROR,
  listGroupsApi,
  listOffsetsApi,
  offsetFetchApi,
} from '@kafka-ha/kafka-protocol';
import { aTopic, FakeCluster } from '@kafka-ha/kafka/testing';
import { readConsumers } from './read-consumers.ts';

const nowMs = 1_764_000_000_000;
const hour = 3_600_000;
const names = ['orders', 'payments'];

type Log = { start: number; end: number; committed: number };

/** Two topics of one partition each, `orders` on broker 0 and `payments` on 1; each log takes 1,000 bytes and is an hour old. */
function aCluster(logs: Record<string, Log>, config: Record<string, string> = {}): FakeCluster {
  const cluster = new FakeCluster([0, 1]);
  cluster.topics = names.map((name, leader) => aTopic(name, [leader, 1 - leader]));
  const logOf = (name: string) => logs[name] ?? { start: 0, end: 0, committed: 0 };
  cluster.answer(listGroupsApi, (_, id) => ({
    throttleTimeMs: 0,
    errorCode: ERROR.none,
    groups: id === 0 ? [{ groupId: 'billing', protocolType: 'consumer' }] : [],
  }));
  cluster.answer(offsetFetchApi, () => ({
    throttleTimeMs: 0,
    groups: [
      {
        groupId: 'billing',
        errorCode: ERROR.none,
        topics: Object.entries(logs).map(([name, { committed }]) => ({
          name,
          partitions: [
            { index: 0, committedOffset: committed, committedLeaderEpoch: 0, metadata: '', errorCode: 0 },
          ],
        })),
      },
    ],
  }));
  cluster.answerOffsets(({ name, timestamp }) => ({
    timestamp: timestamp === 0 ? nowMs - hour : -1,
    offset: timestamp === -1 ? logOf(name).end : logOf(name).start,
  }));
  cluster.answer(describeLogDirsApi, () => ({
    throttleTimeMs: 0,
    errorCode: ERROR.none,
    directories: [
      {
        errorCode: ERROR.none,
        path: '/data',
        totalBytes: 1,
        usableBytes: 1,
        topics: names.map((name) => ({
          name,
          partitions: [{ index: 0, sizeBytes: 1_000, offsetLag: 0, isFuture: false }],
        })),
      },
    ],
  }));
  const all = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '2000', ...config };
  cluster.answerConfigs(() => Object.entries(all).map(([name, value]) => ({ name, value, source: 5 })));
  return cluster;
}

async function read(cluster: FakeCluster, brokerIds = [0, 1]) {
  await using kafka = cluster.connect();
  const topics = names.map((name, leader) =>
    aTopicState(name, { partitions: [aPartition({ replicas: [leader, 1 - leader] })] }),
  );
  const found = await readConsumers(kafka, { brokerIds, topics, nowMs });
  return found.map(({ topic, lagRecords, retentionUsed }) => [topic, lagRecords, retentionUsed]);
}

describe('readConsumers', () => {
  test('of a group that has read more than half of what is there no more is asked', async () => {
    const cluster = aCluster({ orders: { start: 100, end: 200, committed: 151 } });
    expect(await read(cluster)).toEqual([]);
    expect(cluster.requestsOf(describeConfigsApi)).toEqual([]);
    expect(cluster.requestsOf(describeLogDirsApi)).toEqual([]);
    expect(cluster.requestsOf(listOffsetsApi)).toHaveLength(2);
  });

  test('a group that has yet to read half of what is kept, where records are deleted already', async () => {
    const logs = {
      orders: { start: 100, end: 200, committed: 150 },
      payments: { start: 100, end: 200, committed: 200 },
    };
    const cluster = aCluster(logs, { 'retention.bytes': '1000' });
    expect(await read(cluster)).toEqual([['orders', 50, 0.5]]);
    const described = cluster.requestsOf(describeConfigsApi).flatMap(({ resources }) => resources);
    expect(described.map(({ name }) => name)).toEqual(['orders']);
    expect(cluster.requestsOf(describeLogDirsApi)).toHaveLength(1);
  });

  test.each<[string, Record<string, string>, number]>([
    ['where there is room for as much again', {}, 0.4],
    ['where there is time for twice as much', { 'retention.bytes': '-1', 'retention.ms': '7200000' }, 0.4],
    ['of a compacted topic', { 'cleanup.policy': 'compact' }, 0],
  ])('before anything was deleted it is what will be kept that counts, %s', async (_, config, used) => {
    const cluster = aCluster({ orders: { start: 0, end: 100, committed: 20 } }, config);
    expect(await read(cluster)).toEqual([['orders', 80, used]]);
  });

  test('a broker that does not answer is asked for nothing', async () => {
    const far = { start: 100, end: 200, committed: 110 };
    const cluster = aCluster({ orders: far, payments: far }, { 'retention.bytes': '1000' });
    cluster.hung.add(1);
    expect(await read(cluster, [0])).toEqual([['orders', 90, 0.9]]);
    expect(new Set(cluster.dialled.map(({ host }) => host))).toEqual(new Set(['kafka-0']));
  });

  test('how long records are kept is known without a controller', async () => {
    const far = { start: 100, end: 200, committed: 110 };
    const cluster = aCluster({ orders: far }, { 'retention.bytes': '1000' });
    cluster.controllerId = -1;
    expect(await read(cluster)).toEqual([['orders', 90, 0.9]]);
  });

  test('that nobody tells of his groups is an error', async () => {
    const cluster = aCluster({});
    cluster.answer(listGroupsApi, () => undefined);
    await expect(read(cluster)).rejects.toMatchObject({ code: 'kafka-unreachable' });
  });
});
