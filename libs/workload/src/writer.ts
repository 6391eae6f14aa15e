import { setMaxListeners } from 'node:events';
import { intendedMs, type Run } from '@kafka-ha/history';
import type { Outcome } from './kafka/producer.ts';
import { encodePayload } from './payload.ts';
import type { Recorder } from './recorder.ts';
import { pause } from './pause.ts';

/** Writes one batch of one partition, and says what became of it. Calls for one partition overlap only where the client lets them. */
export type Write = (partition: number, values: readonly Buffer[], signal: AbortSignal) => Promise<Outcome>;

export type WriterOptions = {
  run: Run;
  recorder: Recorder;
  write: Write;
  /** Whether the client takes records of a partition while others are in flight; left out: it does not. */
  overlaps?: boolean;
  /** Milliseconds of the run. */
  now: () => number;
  /** Fires when no further write is to be intended. */
  stop: AbortSignal;
  /** How long outcomes are waited for after that. */
  drainMs: number;
};

/**
 * The open loop: each partition gets its write at the intended time, whatever became of those before. A partition has
 * one batch in flight; what falls due meanwhile waits, and leaves together as the next batch. So an interruption costs
 * the next batch more records, not the broker more requests, and no record can overtake another. A client whose writes may
 * overlap is given each record when it is due: batches and order are its own affair.
 *
 * Ends when every intended write has its outcome. Returns when intending stopped, in milliseconds of the run.
 */
export async function runWriter(options: WriterOptions): Promise<number> {
  const { run, now, stop, drainMs } = options;
  const giveUp = new AbortController();
  setMaxListeners(0, giveUp.signal); // one for each write that waits
  const createLane = options.overlaps === true ? createOpenLane : createNarrowLane;
  const lanes = run.startOffsets.map((_, partition) => createLane(partition, options, giveUp.signal));
  for (let turn = 0; !stop.aborted;) {
    const partition = turn % lanes.length;
    const dueMs = intendedMs(run, partition, Math.floor(turn / lanes.length));
    // Not at that very moment yet: what is due when it stops is not intended.
    if (dueMs >= now()) {
      await pause(dueMs - now(), stop);
      continue;
    }
    lanes[partition]?.intend();
    turn += 1;
  }
  const stoppedMs = now();
  // The loop may have been late: whatever was intended before the stop gets its outcome too.
  for (const lane of lanes) lane.intendUntil(stoppedMs);
  const timer = setTimeout(() => giveUp.abort(), drainMs);
  await Promise.all(lanes.map((lane) => lane.drained()));
  clearTimeout(timer);
  return stoppedMs;
}

type Lane = {
  intend: () => void;
  intendUntil: (ms: number) => void;
  drained: () => Promise<void>;
};

function createNarrowLane(partition: number, options: WriterOptions, giveUp: AbortSignal): Lane {
  const { run, recorder, now } = options;
  let intended = 0;
  let next = 0;
  let working: Promise<void> | null = null;

  async function work(): Promise<void> {
    const maxBatch = recordsPerBatch(run.recordBytes);
    while (next < intended && !giveUp.aborted) {
      const seq = next;
      const count = Math.min(intended - seq, maxBatch);
      next += count;
      await writeAndTell({ partition, seq, count }, options, giveUp);
    }
    if (next < intended) recorder.unacked('failed', partition, next, intended - next, 'NOT_SENT', now());
    next = intended;
    working = null;
  }

  const wake = () => (working ??= work());
  return {
    intend: () => {
      intended += 1;
      void wake();
    },
    intendUntil: (ms) => {
      while (intendedMs(run, partition, intended) < ms) intended += 1;
      if (intended > next) void wake();
    },
    drained: async () => working ?? undefined,
  };
}

function createOpenLane(partition: number, options: WriterOptions, giveUp: AbortSignal): Lane {
  const inFlight = new Set<Promise<void>>();
  let next = 0;

  function intend(): void {
    const writing = writeAndTell({ partition, seq: next, count: 1 }, options, giveUp);
    next += 1;
    inFlight.add(writing);
    void writing.then(() => inFlight.delete(writing));
  }

  return {
    intend,
    intendUntil: (ms) => {
      while (intendedMs(options.run, partition, next) < ms) intend();
    },
    drained: async () => void (await Promise.all(inFlight)),
  };
}

async function writeAndTell(
  { partition, seq, count }: { partition: number; seq: number; count: number },
  { run, recorder, write, now }: WriterOptions,
  giveUp: AbortSignal,
): Promise<void> {
  const values = Array.from({ length: count }, (_, index) => {
    return encodePayload({ run: run.id, partition, seq: seq + index }, run.recordBytes);
  });
  recorder.sent(partition, seq, count, now());
  const outcome = await write(partition, values, giveUp);
  if (outcome.kind === 'acked') recorder.acked(partition, seq, count, outcome.offset, now());
  else recorder.unacked(outcome.kind, partition, seq, count, outcome.error, now());
}

/** What fits into a batch, whose limit is Kafka's default of 1,048,588 bytes: after an interruption many fall due at once. */
export function recordsPerBatch(recordBytes: number): number {
  return Math.max(1, Math.min(maxRecords, Math.floor(maxBatchBytes / (recordBytes + recordOverheadBytes))));
}

const maxRecords = 500;
const maxBatchBytes = 1_000_000;
/** Lengths, offset, time, of at most 21 bytes, and what identifies the record where it is longer than it was asked to be. */
const recordOverheadBytes = 80;
