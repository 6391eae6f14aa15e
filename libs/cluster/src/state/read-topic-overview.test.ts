import { describe, expect, test } from '@jest/globals';
import { aTopic, FakeCluster } from '@kafka-ha/kafka/testing';
import { describeLogDirsApi } from '@kafka-ha/kafka-protocol';
import { readTopicOverview } from './read-topic-overview.ts';

describe('readTopicOverview', () => {
  test('a topic is as large as its replicas on all brokers, and what lacks a replica in sync or a leader is named', async () => {
    const cluster = aCluster();
    const { partitions, ...orders } = aTopic('orders', [0, 1], [1, 0]);
    const [whole, second] = partitions;
    cluster.topics = [
      { ...orders, partitions: [whole!, { ...second!, leaderId: -1, isr: [0] }] },
      aTopic('__consumer_offsets', [0]),
    ];
    await using kafka = cluster.connect();
    expect(await readTopicOverview(kafka)).toEqual([
      {
        topic: '__consumer_offsets',
        internal: true,
        partitions: 1,
        replicas: 1,
        minInSync: 3,
        bytes: 0,
        underReplicated: [],
        leaderless: [],
      },
      {
        topic: 'orders',
        internal: false,
        partitions: 2,
        replicas: 2,
        minInSync: 3,
        bytes: 400,
        underReplicated: [1],
        leaderless: [1],
      },
    ]);
  });

  test('where a broker that holds a part of it does not answer, the size of a topic is not known', async () => {
    const cluster = aCluster();
    cluster.topics = [aTopic('orders', [0, 1]), aTopic('small', [0])];
    cluster.down.add(1);
    await using kafka = cluster.connect();
    expect(await readTopicOverview(kafka)).toMatchObject([
      { topic: 'orders', bytes: null },
      { topic: 'small', bytes: 0 },
    ]);
  });

  /** Two brokers, each with 100 bytes of every partition of `orders`. */
  function aCluster(): FakeCluster {
    const cluster = new FakeCluster([0, 1]);
    cluster.answerConfigs(() => [{ name: 'min.insync.replicas', value: '3', source: 4 }]);
    const partitions = [0, 1].map((index) => ({ index, sizeBytes: 100, offsetLag: 0, isFuture: false }));
    cluster.answer(describeLogDirsApi, () => ({
      throttleTimeMs: 0,
      errorCode: 0,
      directories: [
        {
          errorCode: 0,
          path: '/var/lib/kafka',
          topics: [{ name: 'orders', partitions }],
          totalBytes: -1,
          usableBytes: -1,
        },
      ],
    }));
    return cluster;
  }
});
