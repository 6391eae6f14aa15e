import { abortedError, isKafkaHaError, KafkaHaError, messageOf, readUntil } from '@kafka-ha/base';
import { type Api, ERROR, type Metadata, metadataApi, metadataRequest } from '@kafka-ha/kafka-protocol';
import { Connections, type ConnectionsOptions } from './connections.ts';
import type { Address } from './dial.ts';
import { pausingClock } from './pause.ts';
import type { Fence } from './fence.ts';
import { refused } from './refused.ts';
import type { Registry, Spokesman } from './registry.ts';

export type ConnectOptions = ConnectionsOptions & {
  /** Where a broker takes connections, by its id. */
  addressOf: (brokerId: number) => Address;
  /** Who the controller is, and whom to ask in its stead. Closed with the connection. */
  registry: Registry;
  /** Closes the connection; whatever waits throws `aborted`. */
  signal: AbortSignal;
  /** How long another controller is waited for where there is none or it does not answer, milliseconds. */
  controllerWithinMs?: number;
};

const CONTROLLER_WITHIN_MS = 30_000;

/**
 * Connections to the brokers of one cluster, opened when they are first needed and again when they were lost. What is asked
 * without naming a broker is asked of the controller, or of the broker that the registry names in its stead.
 *
 * The protocol is spoken directly and not through kafkajs: its client throws away all metadata in which one partition
 * has no leader, so just when a cluster is damaged it can neither be read nor mended (2.2.4: every admin call retries
 * until it gives up). Nor can it read records without joining a group, alter one key of a config, or elect leaders.
 */
export class KafkaConnection {
  readonly fence: Fence | undefined;
  readonly #options: ConnectOptions;
  readonly #connections: Connections;

  constructor(options: ConnectOptions) {
    this.#options = options;
    this.#connections = new Connections(options);
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
    const ask = ({ brokerId }: Spokesman) => this.askBroker(brokerId, metadataApi, request);
    await this.#untilControlled('Metadata', ask, { withinMs });
  }

  /** Of the named topics, or of all where `topics` is null; the brokers come with either. As the controller has it. */
  async readMetadata(topics: readonly string[] | null): Promise<Metadata> {
    const request = metadataRequest(topics);
    return await this.#readControlled('Metadata', async ({ id, brokerId }) => {
      const metadata = await this.askBroker(brokerId, metadataApi, request);
      return { ...metadata, controllerId: id };
    });
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
    return await this.#connections.ask(this.#options.addressOf(id), api, request);
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
    return await this.#untilControlled(api.name, async ({ brokerId }) => {
      const response = await this.askBroker(brokerId, api, request);
      return errorCodes(response).includes(ERROR.notController) ? undefined : response;
    });
  }

  /** As `askController`, of a controller that was still in office when it had answered. */
  async readFromController<Request, Response>(
    api: Api<Request, Response>,
    request: Request,
    errorCodes: (response: Response) => readonly number[] = () => [],
  ): Promise<Response> {
    return await this.#readControlled(api.name, async ({ brokerId }) => {
      const response = await this.askBroker(brokerId, api, request);
      return errorCodes(response).includes(ERROR.notController) ? undefined : response;
    });
  }

  /** What was read from who knows all that was decided before, while that controller was in office. */
  async #readControlled<T>(what: string, read: (spokesman: Spokesman) => Promise<T | undefined>): Promise<T> {
    const confirmed = async (spokesman: Spokesman) => {
      const value = await read(spokesman);
      const afterwards = await this.registry.controller();
      return afterwards?.term === spokesman.term ? value : undefined;
    };
    return await this.#untilControlled(what, confirmed, { upToDate: true });
  }

  /** Again while there is no controller, it does not answer, or the answer is undefined as it is another one by now. */
  async #untilControlled<T>(
    what: string,
    attempt: (spokesman: Spokesman) => Promise<T | undefined>,
    {
      upToDate = false,
      withinMs = this.#options.controllerWithinMs ?? CONTROLLER_WITHIN_MS,
    }: { upToDate?: boolean; withinMs?: number } = {},
  ): Promise<T> {
    const once = async (): Promise<{ response: T } | { failure: KafkaHaError }> => {
      let failure = refused(`no controller took ${what}`, ERROR.notController);
      try {
        const response = await attempt(await this.#whoSpeaks(upToDate));
        if (response !== undefined) return { response };
      } catch (error) {
        if (!isKafkaHaError(error) || !PASSING.includes(error.code)) throw error;
        failure = error.code === 'kafka-unreachable' ? error : unnamed(error);
      }
      this.#throwIfClosed();
      return { failure };
    };
    const { signal } = this.#options;
    const wait = { deadlineMs: withinMs, intervalMs: 200, clock: pausingClock, signal };
    const outcome = await readUntil(once, (each) => 'response' in each, wait);
    if ('failure' in outcome) throw outcome.failure;
    return outcome.response;
  }

  async #whoSpeaks(upToDate: boolean): Promise<Spokesman> {
    this.#throwIfClosed();
    const spokesman = await this.registry.spokesman({ upToDate });
    if (spokesman === null) throw new KafkaHaError('kafka-unreachable', 'there is no controller');
    return spokesman;
  }

  #throwIfClosed(): void {
    if (this.#connections.closed !== undefined) throw this.#connections.closed;
  }

  readonly #onAbort = (): void => this.#closeWith(abortedError(this.#options.signal));

  #closeWith(why: KafkaHaError): void {
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.registry.close();
    this.#connections.close(why);
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

/** A connection through which a cluster may be changed; functions that only read take any connection. */
export type FencedKafka = KafkaConnection & { readonly fence: Fence };
