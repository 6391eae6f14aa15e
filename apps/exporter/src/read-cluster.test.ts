import { describe, expect, test } from '@jest/globals';
import type { QuorumReader } from '@kafka-ha/cluster';
import { aSpec } from '@kafka-ha/config/testing';
import {
  describeConfigsApi,
  describeLogDirsApi,
  ERROR,
  listGroupsApi,
  listOffsetsApi,
  listPartitionReassignmentsApi,
  offsetFetchApi,
} from '@kafka-ha/kafka-protocol';
import { aTopic, FakeCluster } from '@kafka-ha/kafka/testing';
import { metricsOf } from '@kafka-ha/metrics';
import { clusterReader } from './read-cluster.ts';

const spec = aSpec({ brokers: 3, tolerance: 1, metrics: {} });
const { signal } = new AbortController();
const oldestAtMs = 1_764_000_000_000;
/** As the protocol numbers it: a default. */
const source = 5;

/** Three brokers with one topic of two partitions, one group that has read 60 of 100 records, on each disk 1,000 bytes a partition. */
function aCluster() {
  const cluster = new FakeCluster([0, 1, 2]);
  cluster.topics = [aTopic('orders', [0, 1, 2], [1, 2, 0])];
  const start = { offset: 10 };
  cluster.answerOffsets(({ timestamp }) => ({
    timestamp: timestamp === 0 ? oldestAtMs : -1,
    offset: timestamp === -1 ? 100 : start.offset,
  }));
  cluster.answer(describeLogDirsApi, ({ topics }) => ({
    throttleTimeMs: 0,
    errorCode: 0,
    directories: [
      {
        errorCode: 0,
        path: '/data',
        totalBytes: 50_000,
        usableBytes: 40_000,
        topics:
          topics === null
            ? [
                {
                  name: 'orders',
                  partitions: [0, 1].map((index) => ({
                    index,
                    sizeBytes: 1000,
                    offsetLag: 0,
                    isFuture: false,
                  })),
                },
              ]
            : [],
      },
    ],
  }));
  cluster.answerConfigs(() => [
    { name: 'cleanup.policy', value: 'delete', source },
    { name: 'retention.bytes', value: '5000', source },
    { name: 'retention.ms', value: '-1', source },
    { name: 'min.insync.replicas', value: '2', source },
  ]);
  cluster.answer(listPartitionReassignmentsApi, () => ({
    throttleTimeMs: 0,
    errorCode: ERROR.none,
    errorMessage: null,
    topics: [],
  }));
  cluster.answer(listGroupsApi, (_, brokerId) => ({
    throttleTimeMs: 0,
    errorCode: 0,
    groups: brokerId === 1 ? [{ groupId: 'billing', protocolType: 'consumer' }] : [],
  }));
  const partition = { index: 0, committedOffset: 60, committedLeaderEpoch: 0, metadata: '', errorCode: 0 };
  cluster.answer(offsetFetchApi, ({ groups }) => ({
    throttleTimeMs: 0,
    groups: groups.map(({ groupId }) => ({
      groupId,
      errorCode: 0,
      topics: [{ name: 'orders', partitions: [partition] }],
    })),
  }));
  return { cluster, start };
}

function readerOf(cluster: FakeCluster, of = spec, otherQuorum?: Pick<QuorumReader, 'readServers'>) {
  const kafka = cluster.connect(signal, {
    controllerWithinMs: 0,
    connectTimeoutMs: 200,
    requestTimeoutMs: 200,
  });
  const quorum = { readServers: async () => [{ ordinal: 0, mode: 'leader' as const, syncedFollowers: 2 }] };
  return clusterReader(of, {
    kafka,
    quorum,
    ...(otherQuorum && { otherQuorum }),
    now: () => oldestAtMs + 90_000,
    signal,
  });
}

describe('read cluster', () => {
  test('one reading holds all that metrics follow from', async () => {
    const reading = await readerOf(aCluster().cluster)([]);
    expect(reading.logs.get('orders')?.get(1)).toEqual({ start: 10, end: 100, oldestAtMs, bytes: 1000 });
    expect(reading.retention.get('orders')).toEqual({ bytes: 5000, ms: null });
    expect(reading.logBytes).toContainEqual({ brokerId: 2, topic: 'orders', bytes: 2000 });
    const metrics = metricsOf(spec, reading, []);
    expect(metrics.kafka_ha_group_lag_records).toEqual([{ labels: ['billing', 'orders', '0'], value: 40 }]);
    expect(metrics.kafka_ha_group_lag_seconds).toEqual([{ labels: ['billing', 'orders', '0'], value: 40 }]);
    expect(metrics.kafka_ha_losses_left).toEqual([{ labels: [], value: 1 }]);
    expect(metrics.kafka_ha_volume_used_ratio).toContainEqual({ labels: ['1'], value: 0.2 });
  });

  test('in the middle of a migration the servers of the other quorum are read, too, and what is wrong with them is found', async () => {
    const dualWrite = aSpec({ mode: 'dual-write', brokers: 3, tolerance: 1, metrics: {} });
    const looking = [0, 1, 2].map((ordinal) => ({ ordinal, mode: 'looking' as const }));
    const reading = await readerOf(aCluster().cluster, dualWrite, { readServers: async () => looking })([]);
    const metrics = metricsOf(dualWrite, reading, []);
    expect(metrics.kafka_ha_findings).toContainEqual({ labels: ['zookeeper-no-leader', 'error'], value: 1 });
    expect(metrics.kafka_ha_source_readable).toContainEqual({ labels: ['otherQuorum'], value: 1 });
  });

  test('how long records are kept is known without a controller, and where nobody tells it, no share of it is told', async () => {
    const { cluster } = aCluster();
    cluster.controllerId = -1;
    const ratioIn = async () =>
      metricsOf(spec, await readerOf(cluster)([]), []).kafka_ha_group_retention_used_ratio;
    expect(await ratioIn()).toEqual([{ labels: ['billing', 'orders', '0'], value: 40 / 450 }]);
    const config = {
      name: 'min.insync.replicas',
      value: '2',
      source,
      readOnly: false,
      isSensitive: false,
      synonyms: [],
    };
    cluster.answer(describeConfigsApi, ({ resources }) =>
      resources.some(({ keys }) => keys?.includes('retention.ms'))
        ? undefined
        : {
            throttleTimeMs: 0,
            resources: resources.map(({ type, name }) => ({
              errorCode: 0,
              errorMessage: null,
              type,
              name,
              configs: [config],
            })),
          },
    );
    expect(await ratioIn()).toEqual([]);
  });

  test('the oldest record is looked at again only when it is another one, or at times', async () => {
    const { cluster, start } = aCluster();
    const read = readerOf(cluster);
    const looked = () =>
      cluster
        .requestsOf(listOffsetsApi)
        .flatMap(({ topics }) => topics.flatMap(({ partitions }) => partitions))
        .filter(({ timestamp }) => timestamp === 0).length;
    await read([]);
    await read([]);
    expect(looked()).toBe(2);
    start.offset = 20;
    await read([]);
    expect(looked()).toBe(4);
    for (let nth = 3; nth < 40; nth += 1) await read([]);
    expect(looked()).toBe(6);
  });

  test('a broker that is away leaves gaps and no error, and all of them leave nothing that is taken for 0', async () => {
    const { cluster } = aCluster();
    const read = readerOf(cluster);
    await read([]);
    cluster.kill(1);
    const without = await read([]);
    expect([...without.logs.get('orders')!.keys()]).toEqual([0]);
    expect(metricsOf(spec, without, []).kafka_ha_brokers_registered).toEqual([{ labels: [], value: 2 }]);
    cluster.kill(0);
    cluster.kill(2);
    const metrics = metricsOf(spec, await read([]), []);
    expect(metrics.kafka_ha_losses_left).toBeUndefined();
    expect(metrics.kafka_ha_group_lag_records).toBeUndefined();
    expect(metrics.kafka_ha_source_readable).toContainEqual({ labels: ['topics'], value: 0 });
  }, 30_000);
});
