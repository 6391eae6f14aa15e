import { isKafkaHaError, KafkaHaError, messageOf, readUntil } from '@kafka-ha/base';
import {
  decodeRecordBatches,
  encodeRecordBatch,
  errorName,
  fetchApi,
  produceApi,
  type RecordBatch,
  RETRIABLE,
} from '@kafka-ha/kafka-protocol';
import type { FencedKafka } from './kafka-connection.ts';
import { pause, pausingClock } from './pause.ts';

/** What tells a record of a proof from those of others. */
export const probeHeaders = { 'kafka-ha': 'probe' };

export type ProveOptions = {
  /** What to write to: every partition from 0 up. */
  topics: readonly { name: string; partitions: number }[];
  /** Tells this run's records from any other's. */
  runId: string;
  recordsPerPartition: number;
  signal: AbortSignal;
  /** Until when a partition may refuse for reasons that pass, milliseconds. */
  timeoutMs?: number;
};

export type RoundTrip = {
  partitions: number;
  /** Acknowledged by every in-sync replica, and read back as they were written. */
  records: number;
  /** Milliseconds from a partition's write to its acknowledgement. */
  medianAckMs: number;
  slowestAckMs: number;
  /** Milliseconds from the first write to the last read. */
  tookMs: number;
};

/**
 * Writes records to every partition with acks=all and reads exactly those back, by their offsets, from the leader. Tells
 * how far it is. Records have no key and the header `kafka-ha: probe`; they stay until the topic's retention takes
 * them, so a compacted topic refuses them.
 *
 * Every request names one partition, and nothing joins a consumer group, which would take three seconds and leave the
 * group behind. Throws `unhealthy` with each partition that failed and why.
 */
export async function* proveWritePath(
  kafka: FencedKafka,
  { topics, runId, recordsPerPartition, signal, timeoutMs = 30_000 }: ProveOptions,
): AsyncGenerator<string, RoundTrip> {
  const started = performance.now();
  const targets = topics.flatMap(({ name, partitions }) =>
    Array.from({ length: partitions }, (_, partition) => ({ topic: name, partition })),
  );
  const leaders = new Leaders(
    kafka,
    topics.map(({ name }) => name),
  );
  const ackMs: number[] = [];
  const failures: string[] = [];
  const roundTrips = targets.map(async (target) => {
    const values = Array.from({ length: recordsPerPartition }, (_, index) =>
      Buffer.from(`${runId} ${target.topic}-${target.partition} ${index}`),
    );
    try {
      ackMs.push(
        await roundTrip({ kafka, leaders }, target, values, { signal, deadline: started + timeoutMs }),
      );
    } catch (error) {
      if (signal.aborted) throw error;
      failures.push(`${target.topic}-${target.partition}: ${messageOf(error)}`);
    }
  });

  const all = Promise.all(roundTrips);
  while (ackMs.length + failures.length < targets.length) {
    await Promise.race([all, pause(200, signal)]);
    yield `${ackMs.length} of ${targets.length} partitions written and read back`;
  }
  if (failures.length > 0) {
    throw new KafkaHaError(
      'unhealthy',
      `${failures.length} of ${targets.length} partitions failed the test of writing and reading`,
      {
        details: failures,
      },
    );
  }
  ackMs.sort((a, b) => a - b);
  return {
    partitions: targets.length,
    records: targets.length * recordsPerPartition,
    medianAckMs: ackMs[Math.floor(ackMs.length / 2)] ?? 0,
    slowestAckMs: ackMs.at(-1) ?? 0,
    tookMs: performance.now() - started,
  };
}

const retryMs = 200;

type Client = { kafka: FencedKafka; leaders: Leaders };
type Target = { topic: string; partition: number };
type Patience = { signal: AbortSignal; deadline: number };

/** Returns the milliseconds until the write was acknowledged. */
async function roundTrip(
  client: Client,
  target: Target,
  values: readonly Buffer[],
  patience: Patience,
): Promise<number> {
  const records = encodeRecordBatch(
    values.map((value) => ({ value, headers: probeHeaders })),
    Date.now(),
  );
  let writtenAt = 0;
  const baseOffset = await untilItPasses(patience, client.leaders, () => {
    writtenAt = performance.now();
    return write(client, target, records);
  });
  const ackMs = performance.now() - writtenAt;
  const batch = await untilItPasses(patience, client.leaders, () => read(client, target, baseOffset));
  compare(batch, baseOffset, values);
  return ackMs;
}

async function write(
  { kafka, leaders }: Client,
  { topic, partition }: Target,
  records: Buffer,
): Promise<Attempt<number>> {
  const leader = await leaders.of({ topic, partition });
  if (leader === undefined) return NO_LEADER;
  const { topics } = await kafka.askBroker(leader, produceApi, {
    transactionalId: null,
    acks: -1,
    timeoutMs: 5_000,
    topics: [{ name: topic, partitions: [{ index: partition, records }] }],
  });
  const answer = topics[0]?.partitions[0];
  if (answer === undefined) return { kind: 'refused', reason: 'the answer does not name it', passes: false };
  if (answer.errorCode === 0) return { kind: 'done', value: answer.baseOffset };
  return refusal(answer.errorCode, answer.errorMessage);
}

async function read(
  { kafka, leaders }: Client,
  { topic, partition }: Target,
  offset: number,
): Promise<Attempt<RecordBatch>> {
  const leader = await leaders.of({ topic, partition });
  if (leader === undefined) return NO_LEADER;
  const maxBytes = 1024 * 1024;
  const { topics } = await kafka.askBroker(leader, fetchApi, {
    replicaId: -1,
    maxWaitMs: 500,
    minBytes: 1,
    maxBytes,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [
      {
        name: topic,
        partitions: [
          { index: partition, currentLeaderEpoch: -1, fetchOffset: offset, logStartOffset: -1, maxBytes },
        ],
      },
    ],
    forgotten: [],
    rackId: '',
  });
  const answer = topics[0]?.partitions[0];
  if (answer !== undefined && answer.errorCode !== 0) return refusal(answer.errorCode, null);
  const batch = decodeRecordBatches(answer?.records ?? Buffer.alloc(0))[0];
  if (batch === undefined)
    return { kind: 'refused', reason: `nothing to read at offset ${offset}`, passes: true };
  return { kind: 'done', value: batch };
}

function compare(batch: RecordBatch, baseOffset: number, values: readonly Buffer[]): void {
  const same =
    batch.intact &&
    batch.baseOffset === baseOffset &&
    batch.count === values.length &&
    (batch.records === undefined ||
      batch.records.every(({ value }, index) => value !== null && values[index]?.equals(value)));
  if (!same)
    throw new KafkaHaError(
      'unhealthy',
      `the record at offset ${baseOffset} is not the one that was written there`,
    );
}

/** Who leads what, read for all partitions at once, and again for all where one has another leader by then. */
class Leaders {
  readonly #kafka: FencedKafka;
  readonly #topics: readonly string[];
  #known: Promise<ReadonlyMap<string, number>> | undefined;
  #readAt = 0;

  constructor(kafka: FencedKafka, topics: readonly string[]) {
    this.#kafka = kafka;
    this.#topics = topics;
  }

  /** Undefined where there is none. */
  async of({ topic, partition }: Target): Promise<number | undefined> {
    return (await (this.#known ??= this.#read())).get(`${topic}-${partition}`);
  }

  /** Thousands may fail together: what one of them has just had read is good for all. */
  forget(): void {
    if (performance.now() - this.#readAt >= retryMs) this.#known = undefined;
  }

  async #read(): Promise<ReadonlyMap<string, number>> {
    this.#readAt = performance.now();
    const { topics } = await this.#kafka.readMetadata(this.#topics);
    return new Map(
      topics.flatMap(({ name, partitions }) =>
        partitions.flatMap(({ index, leaderId }) =>
          leaderId < 0 ? [] : [[`${name}-${index}`, leaderId] as const],
        ),
      ),
    );
  }
}

type Attempt<T> = { kind: 'done'; value: T } | { kind: 'refused'; reason: string; passes: boolean };
const NO_LEADER = { kind: 'refused', reason: 'no leader', passes: true } as const;

function refusal(code: number, message: string | null): Attempt<never> {
  const reason = message === null ? errorName(code) : `${errorName(code)} (${message})`;
  return { kind: 'refused', reason, passes: RETRIABLE.has(code) };
}

/** Tries again while the reason is one that passes: a leader that moves, a broker that goes away, too few replicas. */
async function untilItPasses<T>(
  { signal, deadline }: Patience,
  leaders: Leaders,
  attempt: () => Promise<Attempt<T>>,
): Promise<T> {
  const once = async () => {
    const outcome = await attempt().catch(unreachableIsRefused);
    if (outcome.kind === 'refused') leaders.forget();
    return outcome;
  };
  const deadlineMs = deadline - performance.now();
  const wait = { deadlineMs, intervalMs: retryMs, clock: pausingClock, signal };
  const outcome = await readUntil(once, (each) => each.kind === 'done' || !each.passes, wait);
  if (outcome.kind === 'refused') throw new KafkaHaError('kafka-refused', outcome.reason);
  return outcome.value;
}

function unreachableIsRefused(error: unknown): Attempt<never> {
  if (isKafkaHaError(error) && error.code === 'kafka-unreachable') {
    return { kind: 'refused', reason: error.message, passes: true };
  }
  throw error;
}
