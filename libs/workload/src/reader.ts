import type { Pass } from '@kafka-ha/history';
import { errorName } from '@kafka-ha/kafka-protocol';
import { createBackoff } from './kafka/backoff.ts';
import type { Brokers } from './kafka/connections.ts';
import { offsetsOf } from './kafka/offsets.ts';
import { fetch, type FetchedRecord } from './kafka/requests.ts';
import type { Leader, Routes } from './kafka/routes.ts';
import { decodePayload } from './payload.ts';
import type { Recorder } from './recorder.ts';
import { pause } from './pause.ts';

export type ReaderOptions = {
  pass: Pass;
  run: string;
  recorder: Recorder;
  routes: Routes;
  connections: Brokers;
  now: () => number;
  /** Which partitions; left out: all. */
  only?: ReadonlySet<number>;
  /** Per partition, the offset to begin with. */
  from: readonly number[];
  /** Per partition, the offset to end before; left out to read on until the signal fires. */
  to?: readonly number[];
  /** Told after the records of a partition were. */
  onRead?: (partition: number, nextOffset: number) => void;
  signal: AbortSignal;
};

/**
 * Reads partitions from their leaders at explicit offsets: nothing of it can rebalance in a fault, and the end is an offset,
 * not a silence. Returns the offsets that it came to.
 */
export async function readTopic(options: ReaderOptions): Promise<number[]> {
  const { routes, signal, to } = options;
  const positions = [...options.from];
  const done = () =>
    signal.aborted || (to?.every((end, partition) => (positions[partition] ?? 0) >= end) ?? false);
  const following = new Map<number, Promise<void>>();
  while (!done()) {
    for (const { broker } of routes.leaders())
      if (!following.has(broker)) following.set(broker, follow(broker, positions, done, options));
    await pause(lookAroundMs, signal);
  }
  await Promise.all(following.values());
  return positions;
}

/** Reads what one broker leads, for as long as there is something to read. */
async function follow(
  broker: number,
  positions: number[],
  done: () => boolean,
  options: ReaderOptions,
): Promise<void> {
  const { routes, signal } = options;
  let backoff = createBackoff();
  while (!done()) {
    const leader = routes.leaders().find((candidate) => candidate.broker === broker);
    if (!leader) {
      await pause(lookAroundMs, signal);
      continue;
    }
    if (await readOnce(leader, positions, options)) backoff = createBackoff();
    else await Promise.all([routes.refresh().catch(() => undefined), pause(backoff(), signal)]);
  }
}

/** One fetch. False where the leader was silent or refused a partition: the routes may be old. */
async function readOnce(leader: Leader, positions: number[], options: ReaderOptions): Promise<boolean> {
  const { routes, connections, only, to, signal } = options;
  const wanted = routes
    .partitionsLedBy(leader.broker)
    .filter((partition) => only?.has(partition) ?? true)
    .map((partition) => ({
      partition,
      offset: positions[partition] ?? 0,
      epoch: routes.leaderOf(partition)?.epoch ?? -1,
    }))
    .filter(({ partition, offset }) => offset < (to?.[partition] ?? Infinity));
  if (wanted.length === 0) {
    await pause(lookAroundMs, signal);
    return true;
  }
  const request = fetch(routes.topic, wanted, maxWaitMs);
  const answers = await connections
    .send('read', leader.address, request, connections.requestTimeoutMs)
    .catch(() => null);
  // Whoever reads a partition next may have it already.
  if (signal.aborted) return true;
  if (!answers) return false;
  let current = true;
  for (const { partition, errorCode, records } of answers) {
    const offset = wanted.find((entry) => entry.partition === partition)?.offset;
    // Another leader may have been read meanwhile.
    if (offset === undefined || offset !== positions[partition]) continue;
    if (errorName(errorCode) === 'OFFSET_OUT_OF_RANGE')
      positions[partition] = await nearest(partition, offset, options);
    else if (errorCode !== 0) current = false;
    // A batch comes whole, also with what lies before the offset.
    else
      positions[partition] = take(
        partition,
        records.filter((record) => record.offset >= offset),
        offset,
        options,
      );
    options.onRead?.(partition, positions[partition] ?? offset);
  }
  return current;
}

/** Tells what was read, in spans; returns the next offset. */
function take(
  partition: number,
  records: readonly FetchedRecord[],
  position: number,
  { pass, run, recorder, now, to }: ReaderOptions,
): number {
  const ms = now();
  let next = position;
  for (const { offset, epoch, value } of records) {
    if (offset >= (to?.[partition] ?? Infinity)) break;
    next = offset + 1;
    const id = decodePayload(value);
    if (!id) recorder.corrupt(pass, partition, offset);
    else if (id.run !== run || id.partition !== partition)
      recorder.foreign(pass, partition, offset, id.run, id.partition, id.seq);
    else recorder.read(pass, { partition, offset, seq: id.seq, epoch, ms });
  }
  return next;
}

/** Where to go on when a partition does not hold the offset: the log was cut off behind it, or removed before it. */
async function nearest(partition: number, offset: number, options: ReaderOptions): Promise<number> {
  const [earliest, latest] = [await offsetsOf('earliest', options), await offsetsOf('latest', options)];
  const [first, end] = [earliest[partition] ?? offset, latest[partition] ?? offset];
  return Math.min(Math.max(offset, first), end);
}

const lookAroundMs = 50;
const maxWaitMs = 250;
