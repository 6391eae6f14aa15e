import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientName, Run } from '@kafka-ha/history';
import { openHistoryFile } from './history-file.ts';
import { connect, type Connected, type LoadClient, type OpenClient } from './load-client.ts';
import { parseSettings, type Settings } from './settings.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import type { Brokers } from './kafka/connections.ts';
import { offsetsOf } from './kafka/offsets.ts';
import type { Routes } from './kafka/routes.ts';
import { type ReaderOptions, readTopic } from './reader.ts';
import { Recorder } from './recorder.ts';
import { runWriter } from './writer.ts';
import { pause } from './pause.ts';

const giveUpMs = 120_000;
/** Of 20 partitions with 10 writes a second each, a line then has 40 writes. */
const flushMs = 200;
const noteMs = 1000;
const prepareMs = 60_000;
const retryMs = 500;
/** A write that has no answer half a minute after the end of writing has none to wait for. */
const drainMs = 30_000;

/**
 * Runs a load as its settings say. Where no file is named for it the history is standard output, and nothing else; what is for
 * people is standard error.
 */
export function runLoad(openClient: OpenClient): void {
  run(openClient).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    // Connections that a client keeps would hold the process.
    process.exit(1);
  });
}

async function run(openClient: OpenClient): Promise<void> {
  const settings = parseSettings(process.env.KAFKA_HA_WORKLOAD);
  const stop = stopOnSignals(process);
  const file = settings.history === undefined ? undefined : openHistoryFile(settings.history);
  await runWorkload(settings, openClient, {
    print: file?.print ?? ((text) => void process.stdout.write(text)),
    monotonicMs: () => performance.now(),
    epochMs: () => Date.now(),
    stalledMs: measureStalls(),
    stop,
  });
  await file?.taken();
}

/** The event loop's longest delay since the last call, in milliseconds. */
function measureStalls(): () => number {
  const resolution = 20;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  return () => {
    const longest = Math.round(delay.max / 1e6) - resolution;
    delay.reset();
    return Math.max(0, longest);
  };
}

type Surroundings = {
  print: (text: string) => void;
  /** Milliseconds of a clock that never steps, and of the one that tells the time of day. */
  monotonicMs: () => number;
  epochMs: () => number;
  /** How long the process stood still at most since the last call. */
  stalledMs: () => number;
  /** Fires when writing is to end; the run goes on until all is read back. */
  stop: AbortSignal;
};

/**
 * One run: prepares, writes and reads until stopped, waits for the outcomes, reads everything back. What happened goes
 * to `print` as a history.
 *
 * @throws Error when the cluster cannot be written to at all within a minute
 */
async function runWorkload(
  settings: Settings,
  openClient: OpenClient,
  surroundings: Surroundings,
): Promise<void> {
  const { monotonicMs, epochMs, print, stop } = surroundings;
  const shared = connect(settings, 'writer');
  const { routes, connections } = shared;
  let client: LoadClient | undefined;
  try {
    const prepared = await prepare(settings, openClient, shared);
    client = prepared.client;
    const { startOffsets } = prepared;
    const beganMs = monotonicMs();
    const now = () => Math.floor(monotonicMs() - beganMs);
    const run = describe(settings, client.name, startOffsets, epochMs());
    const recorder = new Recorder(run, print);
    const notes = takeNotes({ recorder, routes, connections, now }, surroundings);
    const reader = { run: run.id, recorder, routes, connections, now };
    const reading = new AbortController();
    const live = readTopic({ ...reader, pass: 'live', from: startOffsets, signal: reading.signal });

    const group = client.consume({ run: run.id, recorder, now, startOffsets });

    const stoppedMs = await runWriter({
      run,
      recorder,
      write: client.write,
      overlaps: client.overlaps ?? false,
      now,
      stop,
      drainMs,
    });
    recorder.tell({ kind: 'writer-end', ms: now(), stoppedMs });
    const end = await readBack(startOffsets, reader);
    reading.abort();
    await live;
    if (group) recorder.tell({ kind: 'group-end', ...(await group.end(end.to)), ms: now() });
    await notes.end();
    recorder.tell({ kind: 'reader-end', ms: now(), ...end });
  } finally {
    await client?.close();
    connections.closeAll();
  }
}

/** @throws Error when the cluster cannot be written to or read from in time */
async function prepare(settings: Settings, openClient: OpenClient, shared: Connected) {
  const deadline = AbortSignal.timeout(prepareMs);
  for (;;) {
    try {
      await shared.routes.refresh();
      const startOffsets = await offsetsOf('latest', shared);
      if (startOffsets.every((offset) => offset !== null))
        return { client: await openClient(settings, shared, deadline), startOffsets };
    } catch (error) {
      if (deadline.aborted) throw error;
    }
    await sleep(retryMs);
  }
}

function describe(
  settings: Settings,
  client: ClientName,
  startOffsets: readonly number[],
  startedAt: number,
): Run {
  const { run: id, topic, ratePerSecond, recordBytes, idempotent, consumers } = settings;
  const partitions = startOffsets.length;
  return {
    version: 2,
    id,
    startedAt,
    topic,
    partitions,
    ratePerSecond,
    recordBytes,
    idempotent,
    startOffsets,
    client,
    ...(consumers > 0 && { consumers }),
  };
}

type Options = { recorder: Recorder; routes: Routes; connections: Brokers; now: () => number };

/** What is told by the clock: the operations of the last moment, both clocks, the ends of the partitions. */
function takeNotes(options: Options, { epochMs, stalledMs }: Surroundings): { end: () => Promise<void> } {
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
    await pause(noteMs, signal);
  }
}

/** How the reader came to its end, as the history tells it. */
type ReaderEnd = {
  complete: boolean;
  from: readonly number[];
  to: readonly number[];
  reason?: string;
};

/** Reads every partition once more, from where the run began to where it ends now. Gives up rather than hang. */
async function readBack(
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
    await pause(500, signal);
  }
}
