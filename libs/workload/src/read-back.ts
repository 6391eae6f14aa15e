import { setTimeout as sleep } from 'node:timers/promises';
import { offsetsOf } from './kafka/offsets.ts';
import { readTopic, type ReaderOptions } from './reader.ts';

/** How the reader came to its end, as the history tells it. */
export type ReaderEnd = {
  complete: boolean;
  from: readonly number[];
  to: readonly number[];
  reason?: string;
};

/** Reads every partition once more, from where the run began to where it ends now. Gives up rather than hang. */
export async function readBack(
  startOffsets: readonly number[],
  reader: Omit<ReaderOptions, 'pass' | 'from' | 'to' | 'signal'>,
): Promise<ReaderEnd> {
  const signal = AbortSignal.timeout(giveUpMs);
  const ends = await everyOffset('latest', reader, signal);
  const first = await everyOffset('earliest', reader, signal);
  const from = startOffsets.map((start, partition) => Math.max(start, first[partition] ?? start));
  const untold = ends.findIndex((end) => end === null);
  if (untold >= 0)
    return { complete: false, from, to: from, reason: `nobody told the end of partition ${untold}` };
  const to = ends.map((end) => end ?? 0);
  const read = await readTopic({ ...reader, pass: 'final', from, to, signal });
  const short = to.findIndex((end, partition) => (read[partition] ?? 0) < end);
  if (short < 0) return { complete: true, from, to };
  const reason = `partition ${short} was read to offset ${read[short]} of ${to[short]} within ${giveUpMs / 1000} s`;
  return { complete: false, from, to, reason };
}

async function everyOffset(
  which: 'earliest' | 'latest',
  reader: Pick<ReaderOptions, 'routes' | 'connections'>,
  signal: AbortSignal,
): Promise<(number | null)[]> {
  for (;;) {
    const offsets = await offsetsOf(which, reader);
    if (!offsets.includes(null) || signal.aborted) return offsets;
    await sleep(500, undefined, { signal }).catch(() => undefined);
  }
}

const giveUpMs = 120_000;
