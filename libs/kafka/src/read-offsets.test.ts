import { describe, expect, test } from '@jest/globals';
import { readOffsets, readTopics } from './index.ts';
import { aTopic, FakeCluster } from './testing/fake-cluster.ts';

function aCluster(): FakeCluster {
  const cluster = new FakeCluster([0, 1]);
  cluster.topics = [aTopic('orders', [0, 1], [1, 0], [0, 1])];
  cluster.answerOffsets(({ index, timestamp }) => ({
    errorCode: index === 2 ? 6 : 0,
    timestamp: timestamp === 0 ? 1_764_000_000_000 : -1,
    offset: { '-1': 100, '-2': 10, '0': 12 }[String(timestamp)] ?? -1,
  }));
  return cluster;
}

describe('readOffsets', () => {
  test.each([
    ['end', { offset: 100, timestamp: -1 }],
    ['start', { offset: 10, timestamp: -1 }],
    ['oldest-record', { offset: 12, timestamp: 1_764_000_000_000 }],
  ] as const)(
    'the %s of each partition is told by its leader, but where that has moved',
    async (moment, wanted) => {
      await using kafka = aCluster().connect();
      const offsets = await readOffsets(kafka, await readTopics(kafka), moment);
      expect([...offsets.get('orders')!].sort()).toEqual([
        [0, wanted],
        [1, wanted],
      ]);
    },
  );

  test('what a leader that is away leads is left out', async () => {
    const cluster = aCluster();
    await using kafka = cluster.connect();
    const topics = await readTopics(kafka);
    cluster.down.add(1);
    expect([...(await readOffsets(kafka, topics, 'end')).get('orders')!.keys()]).toEqual([0]);
  });
});
