import { describe, expect, test } from '@jest/globals';
import { listOffsetsApi } from '@kafka-ha/kafka-protocol';
import { readEndOffsets, readTopics } from './index.ts';
import { aTopic, FakeCluster } from './testing/fake-cluster.ts';

/** Each partition's end is 1000 × the broker that answers + the partition, so that it tells who was asked. */
function aCluster(errorCode = 0): FakeCluster {
  const cluster = new FakeCluster([0, 1]);
  cluster.answerOffsets(({ index }, brokerId) => ({ errorCode, offset: 1000 * brokerId + index }));
  return cluster;
}

describe('readEndOffsets', () => {
  test("each partition's leader is asked for its end, once for all that it leads", async () => {
    const cluster = aCluster();
    cluster.topics = [aTopic('orders', [0, 1], [1, 0], [0, 1]), aTopic('others', [1])];
    await using kafka = cluster.connect();
    expect(await readEndOffsets(kafka, await readTopics(kafka))).toEqual([
      {
        topic: 'orders',
        offsets: new Map([
          [0, 0],
          [2, 2],
          [1, 1001],
        ]),
      },
      { topic: 'others', offsets: new Map([[0, 1000]]) },
    ]);
    expect(cluster.requestsOf(listOffsetsApi)).toHaveLength(2);
  });

  test('a partition that nobody leads has no end, and nobody is asked', async () => {
    const cluster = aCluster();
    const topic = aTopic('orders', [0]);
    cluster.topics = [{ ...topic, partitions: topic.partitions.map((it) => ({ ...it, leaderId: -1 })) }];
    await using kafka = cluster.connect();
    expect(await readEndOffsets(kafka, await readTopics(kafka))).toEqual([
      { topic: 'orders', offsets: new Map() },
    ]);
  });

  test('a leader that has moved is an error that says so', async () => {
    const cluster = aCluster(6);
    cluster.topics = [aTopic('orders', [0])];
    await using kafka = cluster.connect();
    await expect(readEndOffsets(kafka, await readTopics(kafka))).rejects.toMatchObject({
      code: 'kafka-refused',
      message: 'the end of orders-0 cannot be read: NOT_LEADER_OR_FOLLOWER',
    });
  });
});
