import { errorName } from '@kafka-ha/kafka-protocol';
import type { Brokers } from './connections.ts';
import { NoAnswer } from './connection.ts';
import type { Batcher } from './batcher.ts';
import { isRefusedBeforeAppend, isRetriable } from './errors.ts';
import type { ProducerIds } from './producer-ids.ts';
import type { Producer } from './requests.ts';
import type { Leader, Routes } from './routes.ts';
import { createBackoff } from './backoff.ts';
import { pause } from '../pause.ts';

export type Writing = {
  routes: Routes;
  connections: Brokers;
  batcher: Batcher;
  /** Undefined where brokers are not to drop the second copy of a retried write. */
  ids: ProducerIds | undefined;
};

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
  readonly #writing: Writing;
  #producer: Producer | undefined;
  #isNew = true;
  #sequence = 0;

  constructor(partition: number, writing: Writing) {
    this.#partition = partition;
    this.#writing = writing;
  }

  /** Everything that a first write would wait for, beforehand. @throws NoAnswer, or Error with Kafka's refusal */
  async warmUp(): Promise<void> {
    await this.#nameProducer();
    const leader = this.#leader;
    if (!leader) throw new Error(`partition ${this.#partition} has no leader`);
    await this.#writing.connections.open('write', leader.address);
  }

  async write(values: readonly Buffer[], signal: AbortSignal): Promise<Outcome> {
    const backoff = createBackoff();
    let mayBeStored = false;
    let error = 'NOT_SENT';
    while (!signal.aborted) {
      const leader = this.#leader;
      const attempt = await this.#attempt(values, leader);
      if (attempt.kind === 'acked') {
        this.#sequence += values.length;
        return attempt;
      }
      error = attempt.error;
      mayBeStored ||= attempt.mayBeStored;
      if (attempt.final) break;
      await this.#pause(leader, backoff(), signal);
    }
    // Whether the broker counts these sequence numbers is open: a new producer starts a new count.
    this.#producer = undefined;
    return { kind: mayBeStored ? 'unknown' : 'failed', error };
  }

  get #leader(): Leader | null {
    return this.#writing.routes.leaderOf(this.#partition);
  }

  /** As Java's client from 3.7 on (KIP-951): a new leader is asked at once, the same one after a pause. */
  async #pause(refusedBy: Leader | null, ms: number, signal: AbortSignal): Promise<void> {
    const paused = pause(ms, signal);
    await this.#writing.routes.refresh().catch(() => undefined);
    if (!this.#isNewer(refusedBy)) await paused;
  }

  async #attempt(values: readonly Buffer[], leader: Leader | null): Promise<Attempt> {
    try {
      await this.#nameProducer();
      if (!leader) return { kind: 'refused', error: 'NO_LEADER', mayBeStored: false, final: false };
      const sequence = this.#producer && this.#sequence;
      await this.#reach(leader);
      const batch = { partition: this.#partition, values, sequence };
      const { errorCode, offset } = await this.#writing.batcher.send(leader.address, batch, this.#producer);
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

  /** Opens the way to a leader, as far as nobody else is known to lead meanwhile: a node that is gone does not refuse. */
  async #reach(leader: Leader): Promise<void> {
    const reached = new AbortController();
    const opening = this.#writing.connections.open('write', leader.address).finally(() => reached.abort());
    await Promise.race([opening, this.#succeeded(leader, reached.signal)]);
    if (this.#isNewer(leader)) throw new NoAnswer(`${leader.address} leads no more`, false);
    await opening;
  }

  /** Resolves once somebody leads in a later epoch. */
  async #succeeded(leader: Leader, until: AbortSignal): Promise<void> {
    const backoff = createBackoff();
    while (!until.aborted && !this.#isNewer(leader)) {
      await pause(backoff(), until);
      if (!until.aborted) await this.#writing.routes.refresh().catch(() => undefined);
    }
  }

  #isNewer(than: Leader | null): boolean {
    return this.#leader !== null && this.#leader.epoch > (than?.epoch ?? -1);
  }

  async #nameProducer(): Promise<void> {
    const { ids } = this.#writing;
    if (!ids || this.#producer) return;
    this.#producer = await (this.#isNew ? ids.shared() : ids.fresh());
    this.#isNew = false;
    this.#sequence = 0;
  }
}

type Attempt =
  | { kind: 'acked'; offset: number }
  | { kind: 'refused'; error: string; mayBeStored: boolean; final: boolean };
