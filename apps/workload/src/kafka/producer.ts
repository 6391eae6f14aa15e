import { setTimeout as sleep } from 'node:timers/promises';
import type { Brokers } from './connections.ts';
import { NoAnswer } from './connection.ts';
import { errorName, isRefusedBeforeAppend, isRetriable } from './errors.ts';
import { initProducerId, produce, type Producer } from './requests.ts';
import type { Routes } from './routes.ts';
import { createBackoff } from './backoff.ts';

export type Outcome =
  | { kind: 'acked'; offset: number }
  /** `failed`: surely not stored. */
  | { kind: 'failed' | 'unknown'; error: string };

/**
 * Writes one partition, one batch at a time, and sees each batch through: retries until it is acknowledged, refused
 * for good, or `signal` fires. Idempotence is sound because no second batch is in flight.
 */
export class PartitionProducer {
  readonly #partition: number;
  readonly #idempotent: boolean;
  readonly #routes: Routes;
  readonly #connections: Brokers;
  #producer: Producer | undefined;
  #sequence = 0;

  constructor(partition: number, options: { idempotent: boolean; routes: Routes; connections: Brokers }) {
    this.#partition = partition;
    this.#idempotent = options.idempotent;
    this.#routes = options.routes;
    this.#connections = options.connections;
  }

  /** Everything that a first write would wait for, beforehand. @throws NoAnswer, or Error with Kafka's refusal */
  async warmUp(): Promise<void> {
    await this.#nameProducer();
    const leader = this.#routes.leaderOf(this.#partition);
    if (!leader) throw new Error(`partition ${this.#partition} has no leader`);
    await this.#connections.open('write', leader.address);
  }

  async write(values: readonly Buffer[], signal: AbortSignal): Promise<Outcome> {
    const backoff = createBackoff();
    let mayBeStored = false;
    let error = 'NOT_SENT';
    while (!signal.aborted) {
      const attempt = await this.#attempt(values);
      if (attempt.kind === 'acked') {
        this.#sequence += values.length;
        return attempt;
      }
      error = attempt.error;
      mayBeStored ||= attempt.mayBeStored;
      if (attempt.final) break;
      await Promise.all([
        this.#routes.refresh().catch(() => undefined),
        sleep(backoff(), undefined, { signal }),
      ]).catch(() => undefined);
    }
    // Whether the broker counts these sequence numbers is open: a new producer starts a new count.
    this.#producer = undefined;
    return { kind: mayBeStored ? 'unknown' : 'failed', error };
  }

  async #attempt(values: readonly Buffer[]): Promise<Attempt> {
    try {
      await this.#nameProducer();
      const leader = this.#routes.leaderOf(this.#partition);
      if (!leader) return { kind: 'refused', error: 'NO_LEADER', mayBeStored: false, final: false };
      const batch = { values, producer: this.#producer, sequence: this.#producer && this.#sequence };
      const request = produce(this.#routes.topic, this.#partition, batch, requestTimeoutMs);
      const { errorCode, offset } = await this.#connections.send(
        'write',
        leader.address,
        request,
        requestTimeoutMs,
      );
      if (errorCode === 0) return { kind: 'acked', offset };
      return {
        kind: 'refused',
        error: errorName(errorCode),
        mayBeStored: !isRefusedBeforeAppend(errorCode),
        final: !isRetriable(errorCode),
      };
    } catch (thrown) {
      const { message, arrived } = thrown as Partial<NoAnswer> & Error;
      return { kind: 'refused', error: message, mayBeStored: arrived ?? true, final: false };
    }
  }

  async #nameProducer(): Promise<void> {
    if (!this.#idempotent || this.#producer) return;
    const request = initProducerId();
    const { errorCode, ...producer } = await this.#connections.send(
      'ask',
      this.#routes.anyAddress(),
      request,
      requestTimeoutMs,
    );
    if (errorCode !== 0) throw new NoAnswer(errorName(errorCode), false);
    this.#producer = producer;
    this.#sequence = 0;
  }
}

type Attempt =
  | { kind: 'acked'; offset: number }
  | { kind: 'refused'; error: string; mayBeStored: boolean; final: boolean };

/** Longer than a dead broker's ZooKeeper session (6 s): else every such wait would be retried and stored twice. */
const requestTimeoutMs = 10_000;
