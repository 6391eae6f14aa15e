import { quorums, type QuorumSection } from '../mode/quorums.ts';
import { GIB, MIB } from '../units/bytes.ts';

export type BrokerMemory = {
  heapBytes: number;
  directMemoryBytes: number;
  metaspaceBytes: number;
  pageCacheBytes: number;
};

/** Class metadata of Kafka is about 60 MiB; the limit only keeps a leak from taking the container down. */
const METASPACE = 128 * MIB;
/** Compiled code, thread stacks and the collector's own tables. */
const JVM_OVERHEAD = 96 * MIB;
/** Under it a collection cycle never ends under load. */
const MIN_HEAP = 256 * MIB;
/** Without it every fetch of a follower reads the volume. */
export const MIN_PAGE_CACHE = 128 * MIB;
/** A larger heap only takes from the page cache, which serves Kafka better. */
const MAX_HEAP = 6 * GIB;

/** The least container memory that a broker runs in. */
export const MIN_BROKER_MEMORY = 688 * MIB;

/**
 * Divides a broker's container memory. Three eighths are heap: 384 MiB of 1 GiB. Half of a 1 GiB container has been
 * killed for memory in the field with an agent beside it, since some 500 MiB live outside the heap at times.
 * Undefined where nothing useful fits.
 */
export function sizeBrokerMemory(memoryBytes: number): BrokerMemory | undefined {
  const heapBytes = Math.min(MAX_HEAP, floorTo(16 * MIB, (memoryBytes * 3) / 8));
  const directMemoryBytes = Math.min(512 * MIB, floorTo(16 * MIB, memoryBytes / 8));
  const pageCacheBytes = memoryBytes - heapBytes - directMemoryBytes - METASPACE - JVM_OVERHEAD;
  if (heapBytes < MIN_HEAP || pageCacheBytes < MIN_PAGE_CACHE) return undefined;
  return { heapBytes, directMemoryBytes, metaspaceBytes: METASPACE, pageCacheBytes };
}

/** The heap of a server that keeps the metadata. Undefined where its container is too small. */
export function sizeQuorumHeap(section: QuorumSection, memoryBytes: number): number | undefined {
  const { leastMemory, share, mostBytes } = quorums[section].heap;
  if (memoryBytes < leastMemory) return undefined;
  return Math.min(mostBytes, floorTo(16 * MIB, memoryBytes * share));
}

function floorTo(step: number, bytes: number): number {
  return Math.floor(bytes / step) * step;
}
