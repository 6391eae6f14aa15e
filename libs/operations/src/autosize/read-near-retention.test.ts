import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { describeLogDirsApi } from '@kafka-ha/kafka-protocol';
import { aTopic, FakeCluster } from '@kafka-ha/kafka/testing';
import { readNearRetention } from './read-near-retention.ts';

const spec = aSpec({ brokers: 3, tolerance: 1, topics: [{ name: 'orders', partitions: 2 }] });
const { signal } = new AbortController();
const ids = [0, 1, 2];
const oldestAtMs = 1_764_000_000_000;
/** As the protocol numbers it: a default. */
const source = 5;
const ofFile = spec.sizing.retentionBytesPerPartition;

type Kept = { bytes: number; ms: number };

/** Of each of two partitions the records 100 to 1099 are there. */
function aCluster(kept: Kept) {
  const cluster = new FakeCluster(ids);
  cluster.topics = [aTopic('orders', [0, 1, 2], [1, 2, 0])];
  cluster.answerOffsets(({ timestamp }) => ({
    timestamp: timestamp === 0 ? oldestAtMs : -1,
    offset: timestamp === -1 ? 1100 : 100,
  }));
  cluster.answer(describeLogDirsApi, () => {
    const partitions = [0, 1].map((index) => ({ index, sizeBytes: ofFile, offsetLag: 0, isFuture: false }));
    const topics = [{ name: 'orders', partitions }];
    const directory = { errorCode: 0, path: '/data', totalBytes: 1, usableBytes: 1, topics };
    return { throttleTimeMs: 0, errorCode: 0, directories: [directory] };
  });
  cluster.answerConfigs(() => [
    { name: 'cleanup.policy', value: 'delete', source },
    { name: 'retention.bytes', value: String(kept.bytes), source },
    { name: 'retention.ms', value: String(kept.ms), source },
  ]);
  return cluster.connect(signal);
}

const at = (partition: number, offset: number, group = 'billing') => ({
  group,
  topic: 'orders',
  partition,
  offset,
});

async function near(
  before: ReturnType<typeof at>[],
  after: ReturnType<typeof at>[],
  kept: Partial<Kept> = {},
) {
  await using kafka = aCluster({ bytes: ofFile, ms: -1, ...kept });
  return await readNearRetention(kafka, spec, { ids, before, after, nowMs: oldestAtMs + 1_000_000 });
}

describe('read near retention', () => {
  test('of a group that reads the partition counts on which it is furthest behind', async () => {
    const before = [at(0, 300), at(1, 400)];
    expect(await near(before, [at(0, 310), at(1, 410)])).toEqual([
      { group: 'billing', topic: 'orders', usedShare: 0.79, lagSeconds: 790, reads: true, keptBy: 'file' },
    ]);
  });

  test('where it stands still is told apart from where it reads; half of what is kept is near', async () => {
    const before = [at(0, 300), at(1, 500), at(0, 700, 'search')];
    const found = await near(before, [at(0, 300), at(1, 600), at(0, 701, 'search')]);
    expect(found).toMatchObject([
      { group: 'billing', usedShare: 0.8, reads: false },
      { group: 'billing', usedShare: 0.5, reads: true },
    ]);
  });

  test('a retention of its own, or a time, is not of the sizes of the file', async () => {
    const [before, after] = [[at(0, 300)], [at(0, 310)]];
    expect(await near(before, after, { bytes: ofFile - 1 })).toMatchObject([{ keptBy: 'topic' }]);
    expect(await near(before, after, { ms: 1_050_000 })).toMatchObject([{ keptBy: 'time' }]);
    expect(await near(before, after, { ms: 4_000_000 })).toMatchObject([{ keptBy: 'file' }]);
    // The file has a longer one already, and the log is growing into it.
    expect(await near(before, after, { bytes: 3 * ofFile })).toEqual([]);
  });
});
