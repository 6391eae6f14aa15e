import { randomUUID } from 'node:crypto';
import { probeHeaders, readEndOffsets, type KafkaConnection } from '@kafka-ha/kafka';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { findTopic } from './find-topic.ts';
import { kafkajsError } from './kafkajs-error.ts';
import type { Client } from './open-client.ts';

export type ReadRecord = {
  partition: number;
  offset: number;
  /** Milliseconds since 1970: when it was produced or, if the topic says so, appended. */
  timestamp: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: Readonly<Record<string, Buffer | Buffer[]>>;
};

export type ConsumeOptions = {
  topic: string;
  /** Whose offsets are gone on with, and committed. Without one all partitions are read, and nothing is left behind. */
  group?: string;
  /** Everything that the topic holds, instead of what comes from now on; a group's committed offsets outrank it. */
  fromBeginning?: boolean;
  /** Ends after so many records. */
  count?: number;
  /** Taken one after the other; the next one waits for it. */
  onRecord: (record: ReadRecord) => void | Promise<void>;
  /** From here on every record that is written is read. */
  onReady?: () => void;
  signal: AbortSignal;
};

/**
 * Reads a topic until there are so many records, or the signal fires. Returns how many were taken. Records of transactions
 * that were not committed are left out, and those by which a deployment has proven the topic that it made.
 *
 * @throws KafkaHaError `not-found` where there is no such topic, `kafka-unreachable` after half a minute without an answer,
 * `kafka-refused`, `missing-prerequisite` for records in a compression that kafkajs does not know.
 */
export async function consume({ kafka, kafkajs }: Client, options: ConsumeOptions): Promise<number> {
  const { topic, group, fromBeginning = false } = options;
  const positions =
    group !== undefined || fromBeginning
      ? await findTopic(kafka, topic).then(() => new Map<number, number>())
      : await endOf(kafka, topic);
  const groupId = group ?? `kafka-ha-consume-${randomUUID()}`;
  const consumer = kafkajs.consumer({
    groupId,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 500, // Ctrl-C waits for it
    // It would go on trying, silently and for ever.
    retry: { restartOnFailure: async () => false },
  });
  const reading = new Reading(consumer, positions, options);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning });
    await reading.run();
  } catch (error) {
    throw kafkajsError(`${topic} cannot be read`, error);
  } finally {
    await consumer.disconnect();
  }
  if (group === undefined) await forget(kafkajs, groupId);
  return reading.taken;
}

async function endOf(kafka: KafkaConnection, name: string): Promise<Map<number, number>> {
  const [end] = await readEndOffsets(kafka, [await findTopic(kafka, name)]);
  return new Map(end?.offsets);
}

/** Kafka forgets an empty group without offsets by itself, but after minutes. */
async function forget(kafkajs: Kafka, groupId: string): Promise<void> {
  const admin = kafkajs.admin({ retry: { retries: 2 } });
  try {
    await admin.connect();
    await admin.deleteGroups([groupId]);
  } catch {
    // So be it: what was read is what counts.
  } finally {
    await admin.disconnect();
  }
}

class Reading {
  readonly #consumer: Consumer;
  /** The next offset of each partition, where no group keeps it. */
  readonly #positions: Map<number, number>;
  readonly #options: ConsumeOptions;
  /** All of them only once the consumer is disconnected. */
  taken = 0;
  #hasFailed = false;

  constructor(consumer: Consumer, positions: Map<number, number>, options: ConsumeOptions) {
    this.#consumer = consumer;
    this.#positions = positions;
    this.#options = options;
  }

  async run(): Promise<void> {
    const { signal, onReady } = this.#options;
    await new Promise<void>((resolve, reject) => {
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
      this.#consumer.on(this.#consumer.events.CRASH, ({ payload }) => reject(payload.error));
      // Told before anything is fetched, and again whenever the group was formed anew: kafkajs then starts from what was committed.
      this.#consumer.on(this.#consumer.events.GROUP_JOIN, () => {
        this.#seek();
        onReady?.();
      });
      this.#consumer
        .run({
          eachBatchAutoResolve: false,
          autoCommit: this.#hasGroup,
          eachBatch: async (batch) => {
            await this.#take(batch, reject);
            if (this.#isDone) resolve();
          },
        })
        .catch(reject);
    });
  }

  get #hasGroup(): boolean {
    return this.#options.group !== undefined;
  }

  get #isDone(): boolean {
    const { count = Infinity, signal } = this.#options;
    return this.taken >= count || signal.aborted || this.#hasFailed;
  }

  #seek(): void {
    const { topic } = this.#options;
    for (const [partition, offset] of this.#positions)
      this.#consumer.seek({ topic, partition, offset: String(offset) });
  }

  async #take(payload: EachBatchPayload, fail: (error: unknown) => void): Promise<void> {
    const { partition, messages } = payload.batch;
    for (const message of messages) {
      if (this.#isDone || !payload.isRunning() || payload.isStale()) break;
      const record = recordOf(partition, message);
      if (record.offset < (this.#positions.get(partition) ?? 0)) continue;
      if (!isProbe(record)) {
        try {
          await this.#options.onRecord(record);
        } catch (error) {
          // kafkajs would try again.
          this.#hasFailed = true;
          return fail(error);
        }
        this.taken++;
      }
      payload.resolveOffset(message.offset);
      if (!this.#hasGroup) this.#positions.set(partition, record.offset + 1);
      await payload.heartbeat();
    }
  }
}

const probe = Object.entries(probeHeaders);

function isProbe({ headers }: ReadRecord): boolean {
  return probe.every(([name, value]) => String(headers[name]) === value);
}

function recordOf(partition: number, { offset, timestamp, key, value, headers }: KafkaMessage): ReadRecord {
  return {
    partition,
    offset: Number(offset),
    timestamp: Number(timestamp),
    key,
    value,
    headers: (headers ?? {}) as ReadRecord['headers'],
  };
}
