import { describe, expect, test } from '@jest/globals';
import { fakeClock } from '@kafka-ha/base/testing';
import { describeLogDirsApi, listPartitionReassignmentsApi } from '@kafka-ha/kafka-protocol';
import { aTopic, FakeCluster } from '@kafka-ha/kafka/testing';
import { watchGrowth } from './watch-growth.ts';

const { signal } = new AbortController();
const ids = [0, 1, 2];

describe('watch growth', () => {
  test('a replica that is being copied is no write of producers', async () => {
    // Bytes per second: broker 2 takes what there has been before it.
    expect(await watched({ grows: [1_000, 1_000, 50_000] })).toEqual({
      writtenBytesPerSecond: 1_000,
      replicas: 1,
      moving: 0,
    });
  });

  test('moves that begin meanwhile are told', async () => {
    expect(await watched({ grows: [1_000, 1_000, 50_000], movesFromMs: 5_000 })).toMatchObject({
      writtenBytesPerSecond: 1_000,
      moving: 1,
    });
  });

  /** Of a partition that broker 0 leads. */
  async function watched({ grows, movesFromMs = Infinity }: { grows: number[]; movesFromMs?: number }) {
    const cluster = new FakeCluster(ids);
    const clock = fakeClock();
    cluster.topics = [aTopic('orders', ids)];
    cluster.answer(describeLogDirsApi, (_, brokerId) => {
      const sizeBytes = 5_000 + (grows[brokerId]! * clock.now()) / 1000;
      const partitions = [{ index: 0, sizeBytes, offsetLag: 0, isFuture: false }];
      return {
        throttleTimeMs: 0,
        errorCode: 0,
        directories: [
          {
            errorCode: 0,
            path: '/data',
            topics: [{ name: 'orders', partitions }],
            totalBytes: 0,
            usableBytes: 0,
          },
        ],
      };
    });
    cluster.answer(listPartitionReassignmentsApi, () => ({
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      topics: clock.now() < movesFromMs ? [] : [{ name: 'orders', partitions: [aMove] }],
    }));
    await using kafka = cluster.connect(signal);
    return await watchGrowth(kafka, { ids, watchMs: 10_000, clock, signal });
  }

  const aMove = { index: 0, replicas: ids, adding: [2], removing: [] };
});
