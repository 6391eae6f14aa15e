import { describe, expect, test } from '@jest/globals';
import { parseClusterFile } from '@kafka-ha/config';
import type { ReplicaChange } from '../reassignment/reassignment.ts';
import { chooseThrottle, inflowBetween } from './choose-throttle.ts';

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

  test('the inflow is what the largest log has grown; one that was shortened meanwhile has not grown', () => {
    const logs = (bytes: number, other: number) =>
      new Map([
        [0, new Map([['events-0', bytes]])],
        [1, new Map([['events-0', other]])],
      ]);
    expect(inflowBetween(logs(100, 90), logs(400, 450), 3)('events-0')).toBe(120);
    expect(inflowBetween(logs(500, 500), logs(400, 450), 3)('events-0')).toBe(0);
    expect(inflowBetween(new Map(), logs(400, 450), 3)('events-0')).toBe(0);
  });

  function toBroker(id: number, bytes: number, partition = 0): ReplicaChange {
    return { topic: 'events', partition, replicas: [0, id], adding: [id], removing: [], bytes };
  }
});
