import { describe, expect, test } from '@jest/globals';
import { readCluster, readTopics } from './index.ts';
import { aTopic, FakeCluster } from './testing/fake-cluster.ts';

describe('readTopics', () => {
  test('a partition without a leader is read like any other, and hides no other', async () => {
    const cluster = new FakeCluster([0, 1]);
    const [lost, fine] = [aTopic('lost', [1]), aTopic('fine', [0, 1])];
    cluster.topics = [
      {
        ...lost,
        partitions: lost.partitions.map((it) => ({
          ...it,
          errorCode: 5,
          leaderId: -1,
          offlineReplicas: [1],
        })),
      },
      fine,
    ];
    await using kafka = cluster.connect();
    expect(await readTopics(kafka)).toEqual([
      {
        name: 'fine',
        internal: false,
        partitions: [{ partition: 0, leader: 0, replicas: [0, 1], isr: [0, 1], offline: [] }],
      },
      {
        name: 'lost',
        internal: false,
        partitions: [{ partition: 0, leader: null, replicas: [1], isr: [1], offline: [1] }],
      },
    ]);
  });

  test('all topics are read, internal ones too, partitions in their order', async () => {
    const cluster = new FakeCluster([0, 1]);
    const offsets = aTopic('__consumer_offsets', [0], [1], [0]);
    cluster.topics = [{ ...offsets, partitions: offsets.partitions.toReversed() }];
    await using kafka = cluster.connect();
    const [topic] = await readTopics(kafka);
    expect(topic).toMatchObject({ name: '__consumer_offsets', internal: true });
    expect(topic?.partitions.map(({ partition, leader }) => [partition, leader])).toEqual([
      [0, 0],
      [1, 1],
      [2, 0],
    ]);
  });

  test('a named topic that does not exist is left out', async () => {
    const cluster = new FakeCluster([0]);
    cluster.topics = [aTopic('orders', [0]), aTopic('others', [0])];
    await using kafka = cluster.connect();
    expect((await readTopics(kafka, ['orders', 'nowhere'])).map(({ name }) => name)).toEqual(['orders']);
  });

  test('a topic that Kafka will not tell of is an error', async () => {
    const cluster = new FakeCluster([0]);
    cluster.topics = [{ ...aTopic('secret'), errorCode: 29 }];
    await using kafka = cluster.connect();
    await expect(readTopics(kafka)).rejects.toMatchObject({
      code: 'kafka-refused',
      message: 'topic secret cannot be read: TOPIC_AUTHORIZATION_FAILED',
    });
  });

  test('brokers are read with their racks, and the controller as the registry names it', async () => {
    const cluster = new FakeCluster([2, 1]);
    await using kafka = cluster.connect();
    expect(await readCluster(kafka)).toEqual({
      clusterId: 'a-cluster',
      controllerId: 2,
      brokers: [
        { id: 1, host: 'kafka-1', port: 9092, rack: 'zone-1' },
        { id: 2, host: 'kafka-2', port: 9092, rack: 'zone-2' },
      ],
    });
  });
});
