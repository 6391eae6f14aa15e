import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '@kafka-ha/history';
import { Connections } from './kafka/connections.ts';
import { offsetsOf } from './kafka/offsets.ts';
import { Batcher } from './kafka/batcher.ts';
import { PartitionProducer } from './kafka/producer.ts';
import { ProducerIds } from './kafka/producer-ids.ts';
import { Routes } from './kafka/routes.ts';
import { takeNotes } from './notes.ts';
import { readBack } from './read-back.ts';
import { readTopic } from './reader.ts';
import { Recorder } from './recorder.ts';
import type { Settings } from './settings.ts';
import { runWriter, type Write } from './writer.ts';

export type Surroundings = {
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
export async function runWorkload(settings: Settings, surroundings: Surroundings): Promise<void> {
  const { monotonicMs, epochMs, print, stop } = surroundings;
  const connections = new Connections({
    clientId: `kafka-ha-workload-${settings.run}`,
    connectTimeoutMs: 2000,
  });
  const routes = new Routes(settings.topic, settings.brokers, connections);
  try {
    const { startOffsets, producers } = await prepare(settings, routes, connections);
    const beganMs = monotonicMs();
    const now = () => Math.floor(monotonicMs() - beganMs);
    const run = describe(settings, startOffsets, epochMs());
    const recorder = new Recorder(run, print);
    const notes = takeNotes({ recorder, routes, connections, now }, surroundings);
    const reader = { run: run.id, recorder, routes, connections, now };
    const reading = new AbortController();
    const live = readTopic({ ...reader, pass: 'live', from: startOffsets, signal: reading.signal });

    const stoppedMs = await runWriter({ run, recorder, write: writeWith(producers), now, stop, drainMs });
    recorder.tell({ kind: 'writer-end', ms: now(), stoppedMs });
    const end = await readBack(startOffsets, reader);
    reading.abort();
    await live;
    await notes.end();
    recorder.tell({ kind: 'reader-end', ms: now(), ...end });
  } finally {
    connections.closeAll();
  }
}

async function prepare(settings: Settings, routes: Routes, connections: Connections) {
  const deadline = AbortSignal.timeout(prepareMs);
  for (;;) {
    try {
      await routes.refresh();
      const ids = settings.idempotent ? new ProducerIds(routes, connections, requestTimeoutMs) : undefined;
      const batcher = new Batcher(settings.topic, connections, requestTimeoutMs);
      const producers = Array.from({ length: routes.partitions }, (_, partition) => {
        return new PartitionProducer(partition, { routes, connections, batcher, ids });
      });
      await Promise.all(producers.map((producer) => producer.warmUp()));
      const startOffsets = await offsetsOf('latest', { routes, connections });
      if (startOffsets.every((offset) => offset !== null)) return { producers, startOffsets };
    } catch (error) {
      if (deadline.aborted) throw error;
    }
    await sleep(retryMs);
  }
}

function describe(settings: Settings, startOffsets: readonly number[], startedAt: number): Run {
  const { run: id, topic, ratePerSecond, recordBytes, idempotent } = settings;
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
  };
}

function writeWith(producers: readonly PartitionProducer[]): Write {
  return (partition, values, signal) => {
    const producer = producers[partition];
    if (!producer) throw new Error(`no producer for partition ${partition}`);
    return producer.write(values, signal);
  };
}

const prepareMs = 60_000;
/** Longer than a dead broker's ZooKeeper session (6 s): else every such wait would be retried and stored twice. */
const requestTimeoutMs = 10_000;
const retryMs = 500;
/** A write that has no answer half a minute after the end of writing has none to wait for. */
const drainMs = 30_000;
