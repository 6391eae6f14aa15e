import type { History } from './history.ts';

/**
 * The offsets of each partition, by its log's name, that were read back to their end: every replica must hold them. Those
 * whose beginning was removed meanwhile are left out, for it may be removed from one replica before it is from another.
 */
export function readBackOf(history: History | null): Map<string, { from: number; to: number }> {
  if (!history?.readerEnd?.complete) return new Map();
  const { run, readerEnd } = history;
  return new Map(
    run.startOffsets.flatMap((start, partition) => {
      const [from, to] = [readerEnd.from[partition], readerEnd.to[partition]];
      const isWhole = from === start && to !== undefined;
      return isWhole ? [[`${run.topic}-${partition}`, { from, to }] as const] : [];
    }),
  );
}
