import { describe, expect, test } from '@jest/globals';
import type { EndOffsets } from '@kafka-ha/kafka';
import { growth } from './refuse-busy-cluster.ts';

function ends(topic: string, ...offsets: number[]): EndOffsets {
  return { topic, offsets: new Map(offsets.map((offset, partition) => [partition, offset])) };
}

describe('refuseBusyCluster', () => {
  test('a topic that grew is named with the records of all its partitions', () => {
    const before = [ends('idle', 5, 5), ends('orders', 10, 20)];
    expect(growth(before, [ends('idle', 5, 5), ends('orders', 11, 22)])).toEqual([
      'orders: 3 records in a second',
    ]);
  });

  test('a topic or partition that was not there before says nothing of who writes', () => {
    expect(growth([ends('orders', 10)], [ends('new', 100), ends('orders', 10, 500)])).toEqual([]);
  });
});
