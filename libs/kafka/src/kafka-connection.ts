import { abortedError, isKafkaHaError, KafkaHaError } from '@kafka-ha/errors';
import { BrokerConnection } from './broker-connection.ts';
import { type Address, addressText, type Dial } from './dial.ts';
import { pause } from './pause.ts';
import type { Api } from './protocol/api.ts';
import { ERROR } from './protocol/error-name.ts';
import { type Metadata, metadataApi } from './protocol/metadata.ts';
import { refused } from './refused.ts';

export type ConnectOptions = {
  /** Where to ask first; one that answers is enough. All are tried at once. */
  bootstrap: readonly Address[];
  dial: Dial;
  clientId: string;
  /** Closes the connection; whatever waits throws `aborted`. */
  signal: AbortSignal;
  /** For one broker, milliseconds. */
  connectTimeoutMs?: number;
  /**
   * Whose word counts for what the cluster is like. Any broker's is had at once; but one that is cut off from the others
   * answers from old memory, and takes all replicas for in sync. Default: any.
   */
  metadataOf?: 'any' | 'controller';
};

/** Longer than the brokers' ZooKeeper session (6 s), so that a failover is waited out rather than cut short. */
const REQUEST_TIMEOUT_MS = 10_000;
/** For what any broker can answer: a hung one is not waited for while others are there. */
const ANY_BROKER_TIMEOUT_MS = 2_000;
const CONTROLLER_DEADLINE_MS = 30_000;

/** Throws `kafka-unreachable` when no bootstrap address answers, with what each of them said. */
export async function connectKafka(options: ConnectOptions): Promise<KafkaConnection> {
  const kafka = new KafkaConnection(options);
  try {
    await kafka.readMetadata([]);
    return kafka;
  } catch (error) {
    kafka.close();
    throw error;
  }
}

/**
 * Connections to the brokers of one cluster, opened when they are first needed and again when they were lost.
 *
 * The protocol is spoken directly and not through kafkajs: its client throws away all metadata in which one partition
 * has no leader, so just when a cluster is damaged it can neither be read nor mended (2.2.4: every admin call retries
 * until it gives up). Nor can it read records without joining a group, alter one key of a config, or elect leaders.
 */
export class KafkaConnection {
  readonly #options: ConnectOptions;
  readonly #opening = new Map<string, Promise<BrokerConnection>>();
  readonly #open = new Map<string, BrokerConnection>();
  #brokers: readonly Metadata['brokers'][number][] = [];
  #lastToAnswer: BrokerConnection | undefined;
  #closed: KafkaHaError | undefined;

  constructor(options: ConnectOptions) {
    this.#options = options;
    if (options.signal.aborted) this.#onAbort();
    options.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  close(): void {
    this.#closeWith(new KafkaHaError('kafka-unreachable', 'the connection to Kafka was closed'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  /** Of the named topics, or of all where `topics` is null; the brokers come with either. */
  async readMetadata(topics: readonly string[] | null): Promise<Metadata> {
    if (this.#options.metadataOf !== 'controller') return this.#readAnyMetadata(topics);
    const request = { topics, allowAutoTopicCreation: false };
    return this.askController(metadataApi, request, () => []);
  }

  async #readAnyMetadata(topics: readonly string[] | null): Promise<Metadata> {
    const metadata = await this.askAny(metadataApi, { topics, allowAutoTopicCreation: false });
    this.#brokers = metadata.brokers;
    return metadata;
  }

  /** Asks the broker that answered last; whichever answers first if that one went away or hangs. */
  async askAny<Request, Response>(api: Api<Request, Response>, request: Request): Promise<Response> {
    const known = this.#lastToAnswer;
    if (known?.isOpen === true) {
      try {
        return await known.ask(api, request, ANY_BROKER_TIMEOUT_MS);
      } catch (error) {
        if (known.isOpen || this.#closed !== undefined) throw error;
      }
    }
    const answering = await this.#firstToAnswer();
    this.#lastToAnswer = answering;
    return answering.ask(api, request, REQUEST_TIMEOUT_MS);
  }

  /** Asks a broker by its id, at the address that the last metadata gave. */
  async askBroker<Request, Response>(
    id: number,
    api: Api<Request, Response>,
    request: Request,
  ): Promise<Response> {
    const broker = this.#brokers.find(({ nodeId }) => nodeId === id);
    if (broker === undefined) throw new KafkaHaError('kafka-unreachable', `broker ${id} is not registered`);
    const { host, port } = broker;
    return (await this.#connect({ host, port })).ask(api, request, REQUEST_TIMEOUT_MS);
  }

  /**
   * Asks the controller, and its successor if it moves or dies meanwhile: the request may then be carried out twice.
   * `errorCodes` are those of the answer.
   */
  async askController<Request, Response>(
    api: Api<Request, Response>,
    request: Request,
    errorCodes: (response: Response) => readonly number[],
  ): Promise<Response> {
    const deadline = performance.now() + CONTROLLER_DEADLINE_MS;
    for (;;) {
      const { controllerId } = await this.#readAnyMetadata([]);
      const late = performance.now() > deadline;
      if (controllerId < 0 && late) throw new KafkaHaError('kafka-unreachable', 'there is no controller');
      if (controllerId >= 0) {
        try {
          const response = await this.askBroker(controllerId, api, request);
          if (!errorCodes(response).includes(ERROR.notController)) return response;
          if (late) throw refused(`no controller took ${api.name}`, ERROR.notController);
        } catch (error) {
          if (late || !isKafkaHaError(error) || error.code !== 'kafka-unreachable') throw error;
        }
      }
      await pause(200, this.#options.signal);
    }
  }

  /** A tunnel may open although nothing listens behind it, so a connection counts only once something was answered. */
  async #firstToAnswer(): Promise<BrokerConnection> {
    const candidates = [
      ...this.#options.bootstrap,
      ...this.#brokers.map(({ host, port }) => ({ host, port })),
    ];
    const addresses = [...new Map(candidates.map((address) => [addressText(address), address])).values()];
    try {
      return await Promise.any(
        addresses.map(async (address) => {
          const connection = await this.#connect(address);
          const request = { topics: [], allowAutoTopicCreation: false };
          await connection.ask(metadataApi, request, REQUEST_TIMEOUT_MS);
          return connection;
        }),
      );
    } catch (error) {
      throw this.#closed ?? unreachable(addresses, (error as AggregateError).errors);
    }
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
    const { dial, clientId, connectTimeoutMs = 5_000 } = this.#options;
    const opening = BrokerConnection.open(dial, address, { clientId, timeoutMs: connectTimeoutMs });
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
    for (const connection of this.#open.values()) connection.close(this.#closed);
  }
}

function unreachable(addresses: readonly Address[], errors: readonly unknown[]): KafkaHaError {
  return new KafkaHaError(
    'kafka-unreachable',
    `no Kafka broker answers at ${addresses.map(addressText).join(', ')}`,
    {
      details: errors.map((error) => (isKafkaHaError(error) ? error.message : String(error))),
      cause: errors[0],
    },
  );
}
