import { setTimeout as sleep } from 'node:timers/promises';
import type { Brokers } from './kafka/connections.ts';
import { offsetsOf } from './kafka/offsets.ts';
import type { Routes } from './kafka/routes.ts';
import type { Recorder } from './recorder.ts';
import type { Surroundings } from './run.ts';

type Options = { recorder: Recorder; routes: Routes; connections: Brokers; now: () => number };

/** What is told by the clock: the operations of the last moment, both clocks, the ends of the partitions. */
export function takeNotes(
  options: Options,
  { epochMs, stalledMs }: Surroundings,
): { end: () => Promise<void> } {
  const { recorder, now } = options;
  const ended = new AbortController();
  const flushing = setInterval(() => recorder.flush(now()), flushMs);
  const ticking = setInterval(() => {
    recorder.tell({ kind: 'clock', ms: now(), epochMs: epochMs(), stalledMs: stalledMs() });
  }, noteMs);
  const watching = watchEnds(options, ended.signal);
  return {
    end: async () => {
      clearInterval(flushing);
      clearInterval(ticking);
      ended.abort();
      await watching;
    },
  };
}

async function watchEnds({ recorder, now, ...from }: Options, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const offsets = await offsetsOf('latest', from);
    recorder.tell({ kind: 'watermarks', ms: now(), offsets });
    await sleep(noteMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Of 20 partitions with 10 writes a second each, a line then has 40 writes. */
const flushMs = 200;
const noteMs = 1000;
