import { describe, expect, test } from '@jest/globals';
import { consumers } from './consumers.ts';
import { emptyHistory, type Commit, type History, type Read } from './history.ts';

describe('consumers', () => {
  test('a record waits from its acknowledgement to its delivery', () => {
    const history = aHistory({ acked: [100, 200, 300], delivered: [105, 210, 900] });
    expect(delivery(history)).toEqual({ partition: 0, ms: 600, atMs: 300 });
  });

  test('what was acknowledged while others were delivered waited since the last of those alone', () => {
    // The second waited for 700 ms, but the first came after 600 of them.
    const history = aHistory({ acked: [100, 110, 120], delivered: [700, 810, 900] });
    expect(delivery(history)).toEqual({ partition: 0, ms: 600, atMs: 100 });
  });

  test('without acknowledged records nobody waits, however long nothing comes', () => {
    const history = aHistory({ acked: [100, 5000], delivered: [105, 5005] });
    expect(delivery(history)).toMatchObject({ ms: 5 });
  });

  test('a delivery ahead of the acknowledgement is no wait', () => {
    expect(delivery(aHistory({ acked: [100, 200], delivered: [95, 195] }))).toMatchObject({ ms: 0 });
  });

  test('a record that never came waited to the end', () => {
    const history = aHistory({ acked: [100, 200], delivered: [105] });
    expect(delivery(history)).toEqual({ partition: 0, ms: 9_800, atMs: 200 });
  });

  test('a wait that only reaches into the stretch counts in full, one outside of it does not', () => {
    const history = aHistory({ acked: [100, 2000, 8000], delivered: [1100, 2005, 8900] });
    const within = (fromMs: number, toMs: number) => consumers(history, { fromMs, toMs })?.delivery.worst.ms;
    expect(within(1000, 3000)).toBe(1000);
    expect(within(1200, 3000)).toBe(5);
    expect(within(1200, 8001)).toBe(900);
  });

  test('the median is that of the partitions', () => {
    const history = aHistory({ acked: [100], delivered: [400] }, { acked: [100], delivered: [110] }, {});
    expect(consumers(history)?.delivery).toMatchObject({ medianMs: 10, worst: { partition: 0, ms: 300 } });
  });

  test('a record that comes again is counted once, and ends no wait', () => {
    const history = aHistory({ acked: [100, 200], delivered: [105, 205] });
    const again = [...history.reads, ...[150, 900].map((ms) => aRead(0, 0, ms))];
    expect(consumers({ ...history, reads: again })).toMatchObject({
      delivered: 2,
      redelivered: 1,
      delivery: { worst: { ms: 5 } },
    });
  });

  test('the time without a commit is that between acknowledged ones, of the worst partition', () => {
    const commits = [
      aCommit(200, [0, 1]),
      aCommit(400, [0, 1]),
      { ...aCommit(600, [0, 1]), outcome: 'unknown', error: 'NOT_COORDINATOR' } as const,
      aCommit(900, [1], 2),
      aCommit(1500, [0, 1], 2),
      aCommit(10_000, [0, 1], 2),
    ];
    const history = { ...aHistory({}, {}), group: { assigned: [], committed: [], commits } };
    expect(consumers(history, { fromMs: 0, toMs: 1600 })).toMatchObject({
      commit: { partition: 0, ms: 8500, atMs: 1500 },
      coordinators: [1, 2],
    });
    expect(consumers(history, { fromMs: 0, toMs: 1500 })?.commit).toEqual({
      partition: 0,
      ms: 1100,
      atMs: 400,
    });
  });

  test('the group is formed anew with each generation but the first', () => {
    const assigned = [3, 3, 4, 5, 5].map((generation, member) => {
      return { ms: 1, member: member % 2, generation, partitions: [] };
    });
    const history = aHistory({});
    expect(consumers({ ...history, group: { ...history.group, assigned } })?.rebalances).toBe(2);
  });

  test('of a run without consumers there is nothing to say', () => {
    const { run, ...history } = aHistory({ acked: [100], delivered: [] });
    expect(consumers({ ...history, run: { ...run, consumers: undefined } })).toBeNull();
  });

  function delivery(history: History) {
    return consumers(history)?.delivery.worst;
  }

  /** Of each partition, when its records 0, 1, … were acknowledged and delivered. */
  function aHistory(...partitions: { acked?: number[]; delivered?: number[] }[]): History {
    const startOffsets = partitions.map(() => 0);
    const history = emptyHistory({
      version: 2,
      id: 'r1',
      startedAt: 0,
      topic: 'drill',
      partitions: partitions.length,
      ratePerSecond: 10,
      recordBytes: 200,
      idempotent: true,
      startOffsets,
      consumers: 2,
    });
    return {
      ...history,
      acknowledged: partitions.flatMap(({ acked = [] }, partition) =>
        acked.map((ms, seq) => ({ partition, seq, count: 1, offset: seq, ms })),
      ),
      reads: partitions.flatMap(({ delivered = [] }, partition) =>
        delivered.map((ms, seq) => aRead(partition, seq, ms)),
      ),
      group: { ...history.group, end: { ms: 10_000, complete: true } },
      writerEnd: { ms: 9_000, stoppedMs: 9_000 },
    };
  }

  function aRead(partition: number, seq: number, ms: number): Read {
    return { pass: 'group', partition, seq, count: 1, offset: seq, epoch: 0, ms };
  }

  function aCommit(ms: number, partitions: number[], coordinator = 1): Commit {
    const offsets = partitions.map((partition) => ({ partition, offset: ms }));
    return { ms, sentMs: ms - 5, member: 0, coordinator, outcome: 'acked', offsets };
  }
});
