import { describe, expect, test } from '@jest/globals';
import {
  alterPartitionReassignmentsApi,
  createPartitionsApi,
  describeLogDirsApi,
} from '@kafka-ha/kafka-protocol';
import { cancelReassignments, createPartitions, readReplicaSizes, startReassignments } from './index.ts';
import { aTopic, FakeCluster } from './testing/fake-cluster.ts';

describe('alter reassignments', () => {
  test('the controller is told all partitions of all topics at once', async () => {
    const cluster = answering(0);
    await using kafka = cluster.connect();
    await startReassignments(kafka, [
      { topic: 'orders', partition: 0, replicas: [1, 2] },
      { topic: 'events', partition: 3, replicas: [2, 0] },
      { topic: 'orders', partition: 1, replicas: [0, 1] },
    ]);
    expect(cluster.requestsOf(alterPartitionReassignmentsApi)).toMatchObject([
      {
        topics: [
          {
            name: 'orders',
            partitions: [
              { index: 0, replicas: [1, 2] },
              { index: 1, replicas: [0, 1] },
            ],
          },
          { name: 'events', partitions: [{ index: 3, replicas: [2, 0] }] },
        ],
      },
    ]);
  });

  test('a partition that Kafka does not move is an error with its name', async () => {
    await using kafka = answering(44).connect();
    await expect(
      startReassignments(kafka, [{ topic: 'orders', partition: 7, replicas: [9] }]),
    ).rejects.toThrow('the replicas of orders-7 cannot be moved: POLICY_VIOLATION');
  });

  test('a partition whose new broker is away is told as not taken', async () => {
    await using kafka = answering(39).connect();
    expect(await startReassignments(kafka, [{ topic: 'orders', partition: 7, replicas: [1, 4] }])).toEqual([
      { topic: 'orders', partition: 7, why: '' },
    ]);
    await using willing = answering(0).connect();
    expect(await startReassignments(willing, [{ topic: 'orders', partition: 7, replicas: [1] }])).toEqual([]);
  });

  test('a reassignment that is done before it can be cancelled stays done', async () => {
    const cluster = answering(85);
    await using kafka = cluster.connect();
    await cancelReassignments(kafka, [{ topic: 'orders', partition: 7 }]);
    expect(cluster.requestsOf(alterPartitionReassignmentsApi)).toMatchObject([
      { topics: [{ name: 'orders', partitions: [{ index: 7, replicas: null }] }] },
    ]);
  });

  test('a topic that was deleted meanwhile is moved by nobody, and that is no error', async () => {
    const cluster = answering(3);
    await using kafka = cluster.connect();
    await startReassignments(kafka, [{ topic: 'gone', partition: 0, replicas: [1] }]);
    await cancelReassignments(kafka, [{ topic: 'gone', partition: 0 }]);
    cluster.topics = [aTopic('orders', [0])];
    await expect(cancelReassignments(kafka, [{ topic: 'orders', partition: 0 }])).rejects.toThrow(
      'the replicas of orders-0 cannot be moved: UNKNOWN_TOPIC_OR_PARTITION',
    );
  });

  test('partitions are added to those that there are', async () => {
    const cluster = new FakeCluster([0, 1]);
    cluster.answer(createPartitionsApi, ({ topics }) => ({
      throttleTimeMs: 0,
      topics: topics.map(({ name, count }) => ({ name, errorCode: count > 4 ? 37 : 0, errorMessage: null })),
    }));
    await using kafka = cluster.connect();
    await createPartitions(kafka, { name: 'orders', existing: 3, assignment: [[1, 0]] });
    expect(cluster.requestsOf(createPartitionsApi)).toMatchObject([
      { topics: [{ name: 'orders', count: 4, assignments: [{ brokerIds: [1, 0] }] }] },
    ]);
    await expect(
      createPartitions(kafka, { name: 'orders', existing: 3, assignment: [[1], [0]] }),
    ).rejects.toThrow('no partitions were added to topic orders: INVALID_PARTITIONS');
  });

  test('the logs on a disk are read from the broker that has it', async () => {
    const cluster = new FakeCluster([0, 3]);
    cluster.answer(describeLogDirsApi, (_request, brokerId) => ({
      throttleTimeMs: 0,
      errorCode: 0,
      directories: [
        {
          errorCode: 0,
          path: '/data',
          topics: [
            {
              name: 'orders',
              partitions: [{ index: 4, sizeBytes: brokerId * 100, offsetLag: 0, isFuture: false }],
            },
          ],
          totalBytes: 1000,
          usableBytes: 300,
        },
      ],
    }));
    await using kafka = cluster.connect();
    expect(await readReplicaSizes(kafka, 3)).toEqual([{ topic: 'orders', partition: 4, bytes: 300 }]);
  });

  function answering(errorCode: number): FakeCluster {
    const cluster = new FakeCluster([0, 1, 2]);
    cluster.answer(alterPartitionReassignmentsApi, ({ topics }) => ({
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ index }) => ({ index, errorCode, errorMessage: null })),
      })),
    }));
    return cluster;
  }
});
