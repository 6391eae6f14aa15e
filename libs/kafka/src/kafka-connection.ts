import { abortedError, isKafkaHaError, KafkaHaError, messageOf } from '@kafka-ha/base';
import { type Api, ERROR, type Metadata, metadataApi, noUuid } from '@kafka-ha/kafka-protocol';
import { BrokerConnection } from './broker-connection.ts';
import { type Address, addressText, type Dial } from './dial.ts';
import { pause } from './pause.ts';
import type { Fence } from './fence.ts';
import { refused } from './refused.ts';
import type { Controller, Registry } from './registry.ts';

export type ConnectOptions = {
  /** Where a broker takes connections, by its id. */
  addressOf: (brokerId: number) => Address;
  /** Who the controller is. Closed with the connection. */
  registry: Registry;
  dial: Dial;
  clientId: string;
  /** Closes the connection; whatever waits throws `aborted`. */
  signal: AbortSignal;
  /** For one broker, milliseconds. */
  connectTimeoutMs?: number;
  /** For one answer, milliseconds. */
  requestTimeoutMs?: number;
  /** How long another controller is waited for where there is none or it does not answer, milliseconds. */
  controllerWithinMs?: number;
  /** Asked before each request that changes something; without one none is sent. */
  fence?: Fence;
};

/** Longer than the brokers' session (6 s), so that a failover is waited out rather than cut short. */
const REQUEST_TIMEOUT_MS = 10_000;
const CONTROLLER_WITHIN_MS = 30_000;

/**
 * Connections to the brokers of one cluster, opened when they are first needed and again when they were lost. What is asked
 * without naming a broker is asked of the controller that the registry names.
 *
 * The protocol is spoken directly and not through kafkajs: its client throws away all metadata in which one partition
 * has no leader, so just when a cluster is damaged it can neither be read nor mended (2.2.4: every admin call retries
 * until it gives up). Nor can it read records without joining a group, alter one key of a config, or elect leaders.
 */
export class KafkaConnection {
  readonly fence: Fence | undefined;
  readonly #options: ConnectOptions;
  readonly #opening = new Map<string, Promise<BrokerConnection>>();
  readonly #open = new Map<string, BrokerConnection>();
  #closed: KafkaHaError | undefined;

  constructor(options: ConnectOptions) {
    this.#options = options;
    this.fence = options.fence;
    if (options.signal.aborted) this.#onAbort();
    options.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  get registry(): Registry {
    return this.#options.registry;
  }

  close(): void {
    this.#closeWith(new KafkaHaError('kafka-unreachable', 'the connection to Kafka was closed'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  /** Throws `kafka-unreachable` where no controller answers in so many milliseconds. */
  async untilReachable(withinMs: number): Promise<void> {
    const request = metadataRequest([]);
    await this.#untilControlled('Metadata', ({ id }) => this.askBroker(id, metadataApi, request), withinMs);
  }

  /** Of the named topics, or of all where `topics` is null; the brokers come with either. As the controller has it. */
  async readMetadata(topics: readonly string[] | null): Promise<Metadata> {
    const request = metadataRequest(topics);
    return await this.#untilControlled('Metadata', (controller) =>
      this.#confirmed(controller, async () => {
        const metadata = await this.askBroker(controller.id, metadataApi, request);
        return { ...metadata, controllerId: controller.id };
      }),
    );
  }

  /** What one broker believes: where it is cut off from the others, that is from old memory. */
  async readMetadataOf(brokerId: number, topics: readonly string[] | null): Promise<Metadata> {
    return await this.askBroker(brokerId, metadataApi, metadataRequest(topics));
  }

  /** Asks a broker by its id. */
  async askBroker<Request, Response>(
    id: number,
    api: Api<Request, Response>,
    request: Request,
  ): Promise<Response> {
    const { addressOf, requestTimeoutMs = REQUEST_TIMEOUT_MS } = this.#options;
    return await (await this.#connect(addressOf(id))).ask(api, request, requestTimeoutMs);
  }

  /**
   * Asks the controller, and its successor if it moves or dies meanwhile: the request may then be carried out twice.
   * `errorCodes` are those of the answer.
   */
  async askController<Request, Response>(
    api: Api<Request, Response>,
    request: Request,
    errorCodes: (response: Response) => readonly number[] = () => [],
  ): Promise<Response> {
    return await this.#untilControlled(api.name, async ({ id }) => {
      const response = await this.askBroker(id, api, request);
      return errorCodes(response).includes(ERROR.notController) ? undefined : response;
    });
  }

  /** As `askController`, of a controller that was still in office when it had answered. */
  async readFromController<Request, Response>(
    api: Api<Request, Response>,
    request: Request,
    errorCodes: (response: Response) => readonly number[] = () => [],
  ): Promise<Response> {
    return await this.#untilControlled(api.name, (controller) =>
      this.#confirmed(controller, async () => {
        const response = await this.askBroker(controller.id, api, request);
        return errorCodes(response).includes(ERROR.notController) ? undefined : response;
      }),
    );
  }

  /** What was read while this controller was in office; undefined where another one is by now. */
  async #confirmed<T>({ term }: Controller, read: () => Promise<T | undefined>): Promise<T | undefined> {
    const value = await read();
    const afterwards = await this.registry.controller();
    return afterwards?.term === term ? value : undefined;
  }

  /** Again while there is no controller, it does not answer, or the answer is undefined as it is another one by now. */
  async #untilControlled<T>(
    what: string,
    attempt: (controller: Controller) => Promise<T | undefined>,
    withinMs = this.#options.controllerWithinMs ?? CONTROLLER_WITHIN_MS,
  ): Promise<T> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      let failure = refused(`no controller took ${what}`, ERROR.notController);
      try {
        const controller = await this.#whoControls();
        const response = await attempt(controller);
        if (response !== undefined) return response;
      } catch (error) {
        if (!isKafkaHaError(error) || !PASSING.includes(error.code)) throw error;
        failure = error.code === 'kafka-unreachable' ? error : unnamed(error);
      }
      if (this.#closed !== undefined) throw this.#closed;
      if (performance.now() > deadline) throw failure;
      await pause(200, this.#options.signal);
    }
  }

  async #whoControls(): Promise<Controller> {
    if (this.#closed !== undefined) throw this.#closed;
    const controller = await this.registry.controller();
    if (controller === null) throw new KafkaHaError('kafka-unreachable', 'there is no controller');
    return controller;
  }

  async #connect(address: Address): Promise<BrokerConnection> {
    if (this.#closed !== undefined) throw this.#closed;
    const key = addressText(address);
    const connection = this.#open.get(key);
    if (connection?.isOpen === true) return connection;
    const opening = this.#opening.get(key) ?? this.#startOpening(key, address);
    return opening;
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

  readonly #onAbort = (): void => this.#closeWith(abortedError(this.#options.signal));

  #closeWith(why: KafkaHaError): void {
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.#closed ??= why;
    this.registry.close();
    for (const connection of this.#open.values()) connection.close(this.#closed);
  }
}

/** What a failover brings along, of Kafka and of where it keeps its registry. */
const PASSING: readonly string[] = ['kafka-unreachable', 'zookeeper-unreachable'];

function unnamed(cause: KafkaHaError): KafkaHaError {
  return new KafkaHaError('kafka-unreachable', `the controller cannot be determined: ${messageOf(cause)}`, {
    details: cause.details,
    cause,
  });
}

function metadataRequest(topics: readonly string[] | null) {
  return {
    topics: topics && topics.map((name) => ({ topicId: noUuid, name })),
    allowAutoTopicCreation: false,
    includeAuthorizedOperations: false,
  };
}

/** A connection through which a cluster may be changed; functions that only read take any connection. */
export type FencedKafka = KafkaConnection & { readonly fence: Fence };
