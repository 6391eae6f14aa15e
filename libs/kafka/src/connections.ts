import type { KafkaHaError } from '@kafka-ha/base';
import type { Api } from '@kafka-ha/kafka-protocol';
import { BrokerConnection } from './broker-connection.ts';
import { type Address, addressText, type Dial } from './dial.ts';
import type { Fence } from './fence.ts';

export type ConnectionsOptions = {
  dial: Dial;
  clientId: string;
  /** For one node, milliseconds. */
  connectTimeoutMs?: number;
  /** For one answer, milliseconds. */
  requestTimeoutMs?: number;
  /** Asked before each request that changes something; without one none is sent. */
  fence?: Fence;
};

/** Longer than the brokers' session (6 s), so that a failover is waited out rather than cut short. */
const usualRequestTimeoutMs = 10_000;

/** Connections to the brokers and controllers of one cluster, each opened when it is first needed and again when it was lost. */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #opening = new Map<string, Promise<BrokerConnection>>();
  readonly #open = new Map<string, BrokerConnection>();
  #closed: KafkaHaError | undefined;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** Throws `kafka-unreachable` with the address and the cause, or why all were closed. */
  async ask<Request, Response>(
    address: Address,
    api: Api<Request, Response>,
    request: Request,
  ): Promise<Response> {
    const { requestTimeoutMs = usualRequestTimeoutMs } = this.#options;
    return await (await this.#connect(address)).ask(api, request, requestTimeoutMs);
  }

  /** Why all were closed. */
  get closed(): KafkaHaError | undefined {
    return this.#closed;
  }

  /** Whatever still waits for an answer, and all that is asked later, gets `why`. */
  close(why: KafkaHaError): void {
    this.#closed ??= why;
    for (const connection of this.#open.values()) connection.close(this.#closed);
  }

  async #connect(address: Address): Promise<BrokerConnection> {
    if (this.#closed !== undefined) throw this.#closed;
    const key = addressText(address);
    const connection = this.#open.get(key);
    if (connection?.isOpen === true) return connection;
    return await (this.#opening.get(key) ?? this.#startOpening(key, address));
  }

  async #startOpening(key: string, address: Address): Promise<BrokerConnection> {
    const { dial, clientId, connectTimeoutMs: timeoutMs = 5_000, fence } = this.#options;
    const opening = BrokerConnection.open(dial, address, { clientId, timeoutMs, fence });
    this.#opening.set(key, opening);
    try {
      const connection = await opening;
      if (this.#closed !== undefined) connection.close(this.#closed);
      this.#open.set(key, connection);
      return connection;
    } finally {
      this.#opening.delete(key);
    }
  }
}
