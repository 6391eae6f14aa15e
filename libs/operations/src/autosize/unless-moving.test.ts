import { describe, expect, test } from '@jest/globals';
import { autosize } from '@kafka-ha/config';
import { unlessMoving } from './unless-moving.ts';

const busy = { writtenBytesPerSecond: 90e6, cpuCores: 3, replicas: 20_000 };
const calm = { usedBytes: 0, killedForMemory: [], nearRetention: [] };

describe('unless moving', () => {
  test('all counts where nothing is being moved', () => {
    expect(unlessMoving(busy, 0)).toEqual({ usage: busy, unread: [] });
  });

  test('nothing follows from rate, CPU and replicas while some are, and that is said', () => {
    const sizesFor = (moving: number) =>
      autosize('name: events', { file: 'f' }, { ...calm, ...unlessMoving(busy, moving).usage }).edits;
    expect(sizesFor(0)).not.toEqual([]);
    expect(sizesFor(2)).toEqual([]);
    expect(unlessMoving(busy, 2).unread).toEqual([
      'rate, CPU and replicas were not judged: the replicas of 2 partitions are being moved',
    ]);
  });
});
