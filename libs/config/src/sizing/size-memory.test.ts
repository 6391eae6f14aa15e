import { describe, expect, test } from '@jest/globals';
import { GIB, MIB } from '../units/bytes.ts';
import { quorums, quorumSections } from '../mode/quorums.ts';
import { MIN_BROKER_MEMORY, sizeBrokerMemory, sizeQuorumHeap } from './size-memory.ts';

describe('size memory', () => {
  test('1 GiB is 384 MiB of heap, 128 MiB each of buffers and classes, and page cache', () => {
    expect(sizeBrokerMemory(GIB)).toEqual({
      heapBytes: 384 * MIB,
      directMemoryBytes: 128 * MIB,
      metaspaceBytes: 128 * MIB,
      pageCacheBytes: 288 * MIB,
    });
  });

  test('a large container goes to the page cache, not to the heap', () => {
    expect(sizeBrokerMemory(64 * GIB)).toMatchObject({ heapBytes: 6 * GIB });
  });

  test('the least memory that is named is the least that works', () => {
    expect(sizeBrokerMemory(MIN_BROKER_MEMORY)).toBeDefined();
    expect(sizeBrokerMemory(MIN_BROKER_MEMORY - 16 * MIB)).toBeUndefined();
    for (const section of quorumSections) {
      const { leastMemory } = quorums[section].heap;
      expect(sizeQuorumHeap(section, leastMemory)).toBeGreaterThanOrEqual(128 * MIB);
      expect(sizeQuorumHeap(section, leastMemory - 1)).toBeUndefined();
    }
  });

  test("ZooKeeper's heap is half of its container", () => {
    expect(sizeQuorumHeap('zookeeper', 384 * MIB)).toBe(192 * MIB);
  });

  test("a controller's heap is three eighths of its container", () => {
    expect(sizeQuorumHeap('controllers', 512 * MIB)).toBe(192 * MIB);
  });
});
