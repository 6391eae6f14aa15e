import type { Duplex } from 'node:stream';
import { isKafkaHaError, KafkaHaError, messageOf } from '@kafka-ha/base';
import { type Api, decodeAnswer, encodeRequest, MessageSplitter } from '@kafka-ha/kafka-protocol';
import { type Address, addressText, type Dial } from './dial.ts';
import type { Fence } from './fence.ts';

/** Far above any answer that is asked for here; below what the first bytes of HTTP or TLS read as. */
const LARGEST_ANSWER_BYTES = 100 * 1024 * 1024;

export type BrokerOptions = { clientId: string; timeoutMs: number; fence: Fence | undefined };

type Pending = { api: string; resolve: (body: Buffer) => void; reject: (error: unknown) => void };

/** One connection to one broker. Requests are pipelined; a broker answers them in the order in which they came. */
export class BrokerConnection {
  readonly address: Address;
  #stream: Duplex;
  #clientId: string;
  #fence: Fence | undefined;
  #pending = new Map<number, Pending>();
  #nextId = 0;
  readonly #received = new MessageSplitter();
  #failure: KafkaHaError | undefined;

  private constructor(address: Address, stream: Duplex, { clientId, fence }: BrokerOptions) {
    this.address = address;
    this.#stream = stream;
    this.#clientId = clientId;
    this.#fence = fence;
    stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    stream.on('error', (error) => this.#fail(messageOf(error), error));
    stream.on('end', () => this.#fail('closed the connection'));
    stream.on('close', () => this.#fail('closed the connection'));
  }

  /** Throws `kafka-unreachable` with the address and the cause. */
  static async open(dial: Dial, address: Address, options: BrokerOptions): Promise<BrokerConnection> {
    const { timeoutMs } = options;
    const connection = new BrokerConnection(address, dialled(dial, address), options);
    const timer = setTimeout(() => connection.#fail(`no connection within ${timeoutMs} ms`), timeoutMs);
    try {
      await new Promise<void>((resolve, reject) => {
        connection.#stream.once('connect', resolve);
        connection.#pending.set(-1, { api: 'connect', resolve: () => resolve(), reject });
      });
      connection.#pending.delete(-1);
      return connection;
    } finally {
      clearTimeout(timer);
    }
  }

  get isOpen(): boolean {
    return this.#failure === undefined;
  }

  /**
   * Sends one request; one that changes something asks the fence first, and is not sent where that throws. Throws
   * `kafka-unreachable` when no answer comes in time; then the connection is closed, for all later answers would have to wait
   * behind the missing one. Throws `internal` where the request cannot be written.
   */
  async ask<Request, Response>(
    api: Api<Request, Response>,
    body: Request,
    timeoutMs: number,
  ): Promise<Response> {
    if (api.changes(body)) await this.#askFence(api.name);
    if (this.#failure !== undefined) throw this.#failure;
    const id = this.#nextId++;
    const frame = this.#frame(api, id, body);
    const timer = setTimeout(() => this.#fail(`no answer to ${api.name} within ${timeoutMs} ms`), timeoutMs);
    try {
      const answer = await new Promise<Buffer>((resolve, reject) => {
        this.#pending.set(id, { api: api.name, resolve, reject });
        this.#stream.write(frame);
      });
      return decodeAnswer(api, answer.subarray(4));
    } catch (error) {
      if (isKafkaHaError(error)) throw error;
      throw unreachable(this.address, `its answer to ${api.name} cannot be read: ${messageOf(error)}`, error);
    } finally {
      clearTimeout(timer);
      this.#pending.delete(id);
    }
  }

  /** What no type has caught is refused here. */
  async #askFence(what: string): Promise<void> {
    if (this.#fence === undefined) throw new KafkaHaError('internal', `Nothing guards the request ${what}.`);
    await this.#fence();
  }

  /** Whatever still waits for an answer gets `why`. */
  close(why: KafkaHaError): void {
    this.#end(why);
  }

  /** Throws `internal` for what the protocol has no bytes for: nothing is sent then, and the broker is not to blame. */
  #frame<Request>(api: Api<Request, unknown>, id: number, body: Request): Buffer {
    try {
      return encodeRequest(api, body, { correlationId: id, clientId: this.#clientId });
    } catch (error) {
      throw new KafkaHaError('internal', `${api.name} cannot be written: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  #receive(chunk: Buffer): void {
    this.#received.push(chunk);
    for (;;) {
      const length = this.#received.nextLength() ?? 4;
      if (length < 4 || length > LARGEST_ANSWER_BYTES)
        return this.#fail('the server there is not a Kafka broker');
      const answer = this.#received.next();
      if (answer === undefined) return;
      this.#pending.get(answer.readInt32BE())?.resolve(answer);
    }
  }

  #fail(reason: string, cause?: unknown): void {
    this.#end(unreachable(this.address, reason, cause));
  }

  #end(failure: KafkaHaError): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
    this.#stream.destroy();
  }
}

function dialled(dial: Dial, address: Address): Duplex {
  try {
    return dial(address);
  } catch (error) {
    throw unreachable(address, messageOf(error), error);
  }
}

function unreachable(address: Address, reason: string, cause?: unknown): KafkaHaError {
  return new KafkaHaError('kafka-unreachable', `${addressText(address)}: ${reason}`, { cause });
}
