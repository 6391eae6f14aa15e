import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { PartitionLog, RetentionLimits } from './cluster-reading.ts';
import { consumerLags } from './consumer-lag.ts';
import type { EndHistory } from './end-history.ts';
import { aLog, aReading, committed, logsOf, nowMs } from './testing.ts';

const spec = aSpec();

type Given = { log?: PartitionLog; limits?: RetentionLimits; history?: EndHistory };

function lagAt(
  offset: number,
  { log = aLog(), limits = { bytes: 1e9, ms: null }, history = [] }: Given = {},
) {
  const reading = aReading(spec, {
    logs: logsOf(log),
    retention: new Map([['events', limits]]),
  });
  const [lag] = consumerLags([committed(offset)], reading, history);
  return lag;
}

const endAt = (secondsAgo: number, end: number) => ({
  atMs: nowMs - secondsAgo * 1000,
  ends: new Map([['events', [end]]]),
});

describe('consumer lag', () => {
  test('a group that has read everything is behind by nothing', () => {
    expect(lagAt(100)).toMatchObject({ lagRecords: 0, lagSeconds: 0, retentionUsed: 0 });
    // Read between the end of the log and the offset: the group has gone on meanwhile.
    expect(lagAt(101)).toMatchObject({ lagRecords: 0, lagSeconds: 0 });
  });

  test('the time of a record lies between the moments at which the log was seen to end around it', () => {
    const history = [endAt(60, 40), endAt(30, 80)];
    expect(lagAt(40, { history })?.lagSeconds).toBe(60);
    expect(lagAt(60, { history })?.lagSeconds).toBe(45);
    expect(lagAt(90, { history })?.lagSeconds).toBe(15);
  });

  test('before anybody has looked it follows from the oldest record', () => {
    expect(lagAt(50)?.lagSeconds).toBe(50);
    expect(lagAt(20, { history: [endAt(60, 40)] })?.lagSeconds).toBe(80);
  });

  test('a group whose records are gone is at least as far behind as the oldest record is old', () => {
    const log = aLog({ start: 50, oldestAtMs: nowMs - 20_000 });
    expect(lagAt(10, { log })).toMatchObject({ lagRecords: 90, lagSeconds: 20, retentionUsed: 1.8 });
  });

  test('where nothing tells the time it is not guessed', () => {
    expect(lagAt(50, { log: aLog({ oldestAtMs: null }) })?.lagSeconds).toBeNull();
  });

  test('what is used up is measured by what is kept', () => {
    const log = aLog({ start: 100, end: 200 });
    expect(lagAt(150, { log, limits: { bytes: 10_000, ms: null } })?.retentionUsed).toBe(0.5);
    expect(lagAt(150, { log, limits: { bytes: null, ms: 100_000 } })?.retentionUsed).toBe(0.5);
  });

  test('where an application deletes what it has read, the rest is not at its end', () => {
    const log = aLog({ start: 40, end: 100, bytes: 10_000 });
    expect(lagAt(40, { log, limits: { bytes: 1_000_000, ms: null } })?.retentionUsed).toBe(0.01);
  });

  test('once retention is longer there is more room, and at once', () => {
    const log = aLog({ start: 100, end: 200, bytes: 10_000 });
    expect(lagAt(110, { log, limits: { bytes: 10_000, ms: null } })?.retentionUsed).toBe(0.9);
    expect(lagAt(110, { log, limits: { bytes: 30_000, ms: null } })?.retentionUsed).toBeCloseTo(0.3);
  });

  test('records that are gone count as such, however much room there is', () => {
    const log = aLog({ start: 100, end: 200, bytes: 10_000 });
    expect(lagAt(90, { log, limits: { bytes: 1_000_000, ms: null } })?.retentionUsed).toBe(1.1);
  });

  test('the end of a transaction that was deleted is no record that was lost', () => {
    const log = aLog({ start: 100, end: 100, oldestAtMs: null });
    expect(lagAt(99, { log })?.retentionUsed).toBe(0);
    expect(lagAt(98, { log })?.retentionUsed).toBe(Infinity);
  });

  test('where it is not known how long records are kept, nothing is said of it', () => {
    const reading = aReading(spec, { logs: logsOf(aLog()) });
    expect(consumerLags([committed(10)], reading, [])).toMatchObject([
      { lagRecords: 90, retentionUsed: null },
    ]);
    const ofSize = { bytes: 10_000, ms: null };
    expect(lagAt(10, { log: aLog({ bytes: null }), limits: ofSize })?.retentionUsed).toBeNull();
    const ofTime = { bytes: null, ms: 100_000 };
    expect(lagAt(10, { log: aLog({ oldestAtMs: null }), limits: ofTime })?.retentionUsed).toBeNull();
  });

  test('as long as nothing was deleted it is measured by what there is room and time for', () => {
    expect(lagAt(0, { limits: { bytes: 40_000, ms: null } })?.retentionUsed).toBe(0.25);
    expect(lagAt(0, { limits: { bytes: 40_000, ms: 200_000 } })?.retentionUsed).toBe(0.5);
    expect(lagAt(0, { limits: { bytes: 5_000, ms: null } })?.retentionUsed).toBe(1);
    expect(lagAt(0, { limits: { bytes: null, ms: null } })?.retentionUsed).toBe(0);
  });

  test('a partition whose leader does not tell is left out', () => {
    const groups = [committed(1, { partition: 1 }), committed(1, { topic: 'gone' }), committed(1)];
    const reading = aReading(spec, { logs: logsOf(aLog()) });
    expect(consumerLags(groups, reading, [])).toHaveLength(1);
  });
});
