import { describe, expect, test } from '@jest/globals';
import type { ReplicaChange } from '../reassignment/reassignment.ts';
import { senderRates } from './sender-rates.ts';

const MB = 1e6;

describe('senderRates', () => {
  test('a broker that takes from several gets the rate from them together', () => {
    const changes = [move(0, 3, 100 * MB), move(1, 3, 100 * MB), move(2, 3, 100 * MB)];
    expect(rates(changes, [0, 1, 2])).toEqual([10 * MB, 10 * MB, 10 * MB, 10 * MB]);
  });

  test('who has more to send may send more, so that all end together', () => {
    const changes = [move(0, 3, 100 * MB), move(1, 3, 500 * MB)];
    expect(rates(changes, [0, 1])).toEqual([15 * MB, 25 * MB, 15 * MB, 15 * MB]);
  });

  test('nobody sends more than the rate, however many take from it', () => {
    const changes = [move(0, 1, 100 * MB), move(1, 2, 100 * MB), move(2, 3, 100 * MB)];
    expect(rates(changes, [0, 0, 0])[0]).toBe(30 * MB);
  });

  test('where nothing is known of sizes each may send an even share', () => {
    expect(rates([move(0, 3, 0), move(1, 3, 0)], [0, 1])).toEqual([15 * MB, 15 * MB, 15 * MB, 15 * MB]);
  });

  /** Of four brokers, at 30 MB/s; `leaders` by partition. */
  function rates(changes: readonly ReplicaChange[], leaders: readonly number[]): number[] {
    const brokers = new Map([0, 1, 2, 3].map((id) => [id, null]));
    const partitions = leaders.map((leader, partition) => {
      return { topic: 'events', partition, leader, replicas: [leader], missing: [] };
    });
    const found = senderRates(changes, { replicas: { brokers, partitions }, bytesPerSecond: 30 * MB });
    return [...brokers.keys()].map((id) => found.get(id) ?? NaN);
  }

  function move(partition: number, to: number, bytes: number): ReplicaChange {
    return { topic: 'events', partition, replicas: [to], adding: [to], removing: [], bytes };
  }
});
