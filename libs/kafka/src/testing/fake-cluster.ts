import type { Duplex } from 'node:stream';
import {
  type Api,
  type Cursor,
  describeConfigsApi,
  encode,
  ERROR,
  int16,
  int32,
  listOffsetsApi,
  type Metadata,
  metadataApi,
  noUuid,
  nullableString,
  tags,
  type ValueOf,
} from '@kafka-ha/kafka-protocol';
import type { Address, Dial } from '../dial.ts';
import { type FencedKafka, KafkaConnection, type ConnectOptions } from '../kafka-connection.ts';
import { aRefusedStream, FakeStream } from './fake-stream.ts';

export type FakeTopic = Metadata['topics'][number];

/** A setting of a topic or a broker; `source` is Kafka's number for who set it. */
export type FakeConfig = Pick<Config, 'name' | 'value' | 'source'> & Partial<Config>;

type Config = ValueOf<typeof describeConfigsApi.response>['resources'][number]['configs'][number];

/** `timestamp` as the protocol has it: -1 asks for the end, -2 for the start, 0 for the oldest record. */
type AskedOffset = { name: string; index: number; timestamp: number };
type FakeOffset = { offset: number; timestamp?: number; errorCode?: number };

/** `undefined` hangs up instead of answering. */
type Answer<Request, Response> = (request: Request, brokerId: number) => Response | undefined;

/** Brokers in memory: they speak the protocol over fake streams, answer as told, and fail as told. */
export class FakeCluster {
  readonly brokerIds: number[];
  controllerId: number;
  topics: FakeTopic[] = [];
  /** Refuse connections. */
  readonly down = new Set<number>();
  /** Take connections, never answer. */
  readonly hung = new Set<number>();
  readonly dialled: Address[] = [];
  readonly asked: { api: string; brokerId: number; request: unknown }[] = [];
  readonly streams: { brokerId: number; stream: FakeStream }[] = [];
  /** By the API's key and version. */
  readonly #answers = new Map<string, (from: Cursor, brokerId: number) => Buffer | undefined>();

  constructor(brokerIds: readonly number[]) {
    this.brokerIds = [...brokerIds];
    this.controllerId = brokerIds[0] ?? -1;
    this.answer(metadataApi, ({ topics }) => ({
      throttleTimeMs: 0,
      brokers: this.#registered(),
      clusterId: 'a-cluster',
      controllerId: this.controllerId,
      topics: topics === null ? this.topics : topics.map(({ name }) => this.#topic(name ?? '')),
    }));
  }

  answer<Request, Response>(api: Api<Request, Response>, answer: Answer<Request, Response>): void {
    this.#answers.set(versioned(api.key, api.version), (from, brokerId) => {
      const request = api.request.read(from);
      this.asked.push({ api: api.name, brokerId, request });
      const response = answer(request, brokerId);
      if (response === undefined) return undefined;
      const known = this.#encoded.get(response as object);
      if (known !== undefined) return known;
      const header = api.flexible && api.plainAnswerHeader !== true ? [encode(tags, undefined)] : [];
      const body = Buffer.concat([...header, encode(api.response, response)]);
      this.#encoded.set(response as object, body);
      return body;
    });
    if (api.flexible) this.#flexible.add(versioned(api.key, api.version));
  }

  /** What each topic or broker is set to, of the keys that are asked for; nothing unless told. */
  answerConfigs(
    configsOf: (
      resource: { type: number; name: string },
      brokerId: number,
    ) => readonly FakeConfig[] = () => [],
  ): void {
    this.answer(describeConfigsApi, ({ resources }, brokerId) => ({
      throttleTimeMs: 0,
      resources: resources.map(({ type, name, keys }) => ({
        ...{ errorCode: ERROR.none, errorMessage: null, type, name },
        configs: configsOf({ type, name }, brokerId)
          .filter((config) => keys?.includes(config.name) ?? true)
          .map((config) => ({ readOnly: false, isSensitive: false, synonyms: [], ...config })),
      })),
    }));
  }

  /** An offset of each partition that is asked for; the time of a record only where it is told. */
  answerOffsets(offsetOf: (asked: AskedOffset, brokerId: number) => FakeOffset): void {
    this.answer(listOffsetsApi, ({ topics }, brokerId) => ({
      throttleTimeMs: 0,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ index, timestamp }) => ({
          ...{ index, errorCode: ERROR.none, timestamp: -1 },
          ...offsetOf({ name, index, timestamp }, brokerId),
        })),
      })),
    }));
  }

  /** An answer that is given again, the same object, is not encoded again: one may be of a MiB, and be given by all. */
  readonly #encoded = new WeakMap<object, Buffer>();
  readonly #flexible = new Set<string>();

  readonly dial: Dial = (address): Duplex => {
    this.dialled.push(address);
    const brokerId = Number(/^kafka-(\d+)$/.exec(address.host)?.[1] ?? -1);
    if (!this.brokerIds.includes(brokerId) || this.down.has(brokerId)) return aRefusedStream();
    const stream = new FakeStream((frame, self) => this.#onFrame(frame, self, brokerId));
    this.streams.push({ brokerId, stream });
    return stream;
  };

  /** Its registry names `controllerId`, whatever the brokers say of themselves. */
  connect(
    signal: AbortSignal = new AbortController().signal,
    options: Partial<ConnectOptions> = {},
  ): FencedKafka {
    const controller = async () =>
      this.controllerId < 0 ? null : { id: this.controllerId, term: String(this.controllerId) };
    const registry: ConnectOptions['registry'] = {
      controllerIsBroker: true,
      controller,
      spokesman: async () => {
        const elected = await controller();
        return elected && { ...elected, brokerId: elected.id };
      },
      brokerIds: async () => this.#registered().map(({ nodeId }) => nodeId),
      assignment: async (topic) => {
        const found = this.topics.find(({ name }) => name === topic);
        if (found === undefined) return null;
        const partitions = new Map(found.partitions.map(({ index, replicas }) => [index, replicas]));
        return { topicId: found.topicId, partitions };
      },
      close: () => undefined,
    };
    const addressOf = (id: number) => ({ host: `kafka-${id}`, port: 9092 });
    return new KafkaConnection({
      addressOf,
      registry,
      dial: this.dial,
      clientId: 'test',
      signal,
      fence: async () => undefined,
      ...options,
    }) as FencedKafka;
  }

  /** Refuses new connections and breaks those that there are. */
  kill(brokerId: number): void {
    this.down.add(brokerId);
    if (this.controllerId === brokerId) this.controllerId = this.#registered()[0]?.nodeId ?? -1;
    for (const connection of this.streams) if (connection.brokerId === brokerId) connection.stream.destroy();
  }

  requestsOf<Request>(api: Api<Request, unknown>): Request[] {
    return this.asked.filter(({ api: name }) => name === api.name).map(({ request }) => request as Request);
  }

  #registered(): Metadata['brokers'] {
    return this.brokerIds
      .filter((id) => !this.down.has(id))
      .map((id) => ({ nodeId: id, host: `kafka-${id}`, port: 9092, rack: `zone-${id}` }));
  }

  #topic(name: string): FakeTopic {
    const unknown = { ...aTopic(name), errorCode: 3 };
    return this.topics.find((topic) => topic.name === name) ?? unknown;
  }

  #onFrame(frame: Buffer, stream: FakeStream, brokerId: number): void {
    if (this.hung.has(brokerId)) return;
    const from = { buffer: frame, offset: 4 };
    const api = versioned(int16.read(from), int16.read(from));
    const id = int32.read(from);
    nullableString.read(from);
    if (this.#flexible.has(api)) tags.read(from);
    const body = this.#answers.get(api)?.(from, brokerId);
    if (body === undefined) return stream.hangUp();
    stream.say(encode(int32, 4 + body.length), encode(int32, id), body);
  }
}

function versioned(key: number, version: number): string {
  return `${key} in version ${version}`;
}

/** Led and held as the list says, all in sync. */
export function aTopic(name: string, ...replicas: readonly (readonly number[])[]): FakeTopic {
  return {
    errorCode: 0,
    name,
    topicId: noUuid,
    authorizedOperations: -1,
    isInternal: name.startsWith('__'),
    partitions: replicas.map((ids, index) => ({
      errorCode: 0,
      index,
      leaderId: ids[0] ?? -1,
      leaderEpoch: 0,
      replicas: ids,
      isr: ids,
      offlineReplicas: [],
    })),
  };
}
