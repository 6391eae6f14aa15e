import { errorName } from '@kafka-ha/kafka-protocol';
import { NoAnswer } from './connection.ts';
import type { Brokers } from './connections.ts';
import { initProducerId, type Producer } from './requests.ts';
import type { Routes } from './routes.ts';

/** By which brokers tell a retry from a new write. */
export class ProducerIds {
  readonly #routes: Routes;
  readonly #connections: Brokers;
  #shared: Promise<Producer> | undefined;

  constructor(routes: Routes, connections: Brokers) {
    this.#routes = routes;
    this.#connections = connections;
  }

  /** The one with which every partition begins, so that their batches go into one request. @throws NoAnswer */
  async shared(): Promise<Producer> {
    this.#shared ??= this.fresh().catch((error: unknown) => {
      this.#shared = undefined;
      throw error;
    });
    return this.#shared;
  }

  /** One that no partition has a count of yet. @throws NoAnswer */
  async fresh(): Promise<Producer> {
    const { errorCode, ...producer } = await this.#connections.send(
      'ask',
      this.#routes.anyAddress(),
      initProducerId(),
      this.#connections.requestTimeoutMs,
    );
    if (errorCode !== 0) throw new NoAnswer(errorName(errorCode), false);
    return producer;
  }
}
