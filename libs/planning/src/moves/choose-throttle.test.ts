import { describe, expect, test } from '@jest/globals';
import { parseClusterFile } from '@kafka-ha/config';
import type { ReplicaChange } from '../reassignment/reassignment.ts';
import { chooseThrottle, inflowBetween, type LogLook } from './choose-throttle.ts';

const MB = 1e6;
const { spec } = parseClusterFile('name: events', { file: 'f' });

describe('chooseThrottle', () => {
  test('by itself it leaves the live load half of what it has to spare', () => {
    const { bytesPerSecond, seconds } = chooseThrottle(spec, {
      changes: [toBroker(5, 750 * MB)],
      inflow: () => 0,
    });
    const full = spec.sizing.load.healthy.diskWriteBytesPerSecond;
    expect(full).toBe(25 * MB);
    // 125 MB/s is what the volume writes: 100 MB/s to spare at the full ingest rate.
    expect(bytesPerSecond).toBe(75 * MB);
    expect(seconds).toBeCloseTo(10);
  });

  test('the time is that of the broker that takes the most, at what producers leave of the rate', () => {
    const changes = [toBroker(5, 300 * MB), toBroker(6, 100 * MB), toBroker(5, 100 * MB, 1)];
    const inflow = (key: string) => (key === 'events-1' ? 10 * MB : 0);
    expect(chooseThrottle(spec, { changes, inflow, given: 50 * MB })).toEqual({
      bytesPerSecond: 50 * MB,
      inflowBytesPerSecond: 10 * MB,
      mostBytes: 400 * MB,
      seconds: 10,
    });
  });

  test('a rate at which the replicas would never come in sync is refused, with one that would do', () => {
    const moves = { changes: [toBroker(5, 100 * MB)], inflow: () => 30 * MB };
    expect(() => chooseThrottle(spec, { ...moves, given: 31 * MB })).toThrow(
      'at 31MB/s the move would never end: producers write 30MB/s to the replicas that one broker receives',
    );
    expect(chooseThrottle(spec, moves).bytesPerSecond).toBeGreaterThan(36 * MB);
  });

  test('where nothing is moved there is nothing to wait for', () => {
    expect(chooseThrottle(spec, { changes: [], inflow: () => 0 })).toMatchObject({
      mostBytes: 0,
      seconds: 0,
    });
  });

  test("the inflow is what the leader's log has grown by, however fast another is copied", () => {
    expect(inflowBetween(look(0, 100, 0), look(0, 400, 4_000), 3)('events-0')).toBe(100);
  });

  test('of two leaders the one whose log has grown less counts', () => {
    expect(inflowBetween(look(0, 100, 0), look(1, 400, 4_000), 3)('events-0')).toBe(100);
    expect(inflowBetween(look(0, 0, 100), look(1, 4_000, 400), 3)('events-0')).toBe(100);
  });

  test('a log that was shortened meanwhile, is not told or has no leader has not grown', () => {
    expect(inflowBetween(look(0, 500, 500), look(0, 400, 450), 3)('events-0')).toBe(0);
    const unseen = { ...look(0, 0, 0), sizes: new Map() };
    expect(inflowBetween(unseen, look(0, 400, 450), 3)('events-0')).toBe(0);
    expect(inflowBetween(look(0, 100, 90), unseen, 3)('events-0')).toBe(0);
    expect(inflowBetween(look(null, 100, 90), look(null, 400, 450), 3)('events-0')).toBe(0);
  });

  /** So many bytes on broker 0 and on broker 1. */
  function look(leader: number | null, ...bytes: [number, number]): LogLook {
    const sizes = new Map(bytes.map((size, id) => [id, new Map([['events-0', size]])]));
    return { sizes, partitions: [{ topic: 'events', partition: 0, leader }] };
  }

  function toBroker(id: number, bytes: number, partition = 0): ReplicaChange {
    return { topic: 'events', partition, replicas: [0, id], adding: [id], removing: [], bytes };
  }
});
