import type { Duplex } from 'node:stream';
import {
  array,
  bytes,
  type Codec,
  encodeRecordBatch,
  ERROR,
  fetchApi,
  int16,
  int32,
  int64,
  listOffsetsApi,
  nullableArray,
  nullableString,
  produceApi,
  string,
  struct,
} from '@kafka-ha/kafka-protocol';
import { aTopic, FakeCluster } from '@kafka-ha/kafka/testing';
import { kafkajsOver, type Client } from '../open-client.ts';

type FakeGroup = { state: string; offsets: Map<string, Map<number, number>> };

/** Brokers in memory that also answer what kafkajs asks: it writes to them, reads what it has written, and forms groups. */
export class FakeBrokers {
  readonly cluster: FakeCluster;
  readonly #ids: readonly number[];
  readonly #hostOf: (id: number) => string;
  /** Per partition the batches as they were sent, by their base offset. */
  readonly logs = new Map<string, { base: number; end: number; batch: Buffer }[]>();
  /** By the coordinator, which is the first broker. */
  readonly groups = new Map<string, FakeGroup>();
  /** The error code that a partition answers a write with. */
  readonly refusing = new Map<string, number>();
  /** How often the group was formed. */
  joins = 0;
  /** Answered to the next fetch: that the leader has moved, upon which kafkajs forms the group anew. */
  hasMoved = false;

  /** `there`: brokers that answer already what this project asks, and how they are to be addressed. */
  constructor(
    ids: readonly number[],
    topics: Record<string, readonly (readonly number[])[]>,
    there: { cluster: FakeCluster; hostOf: (id: number) => string } = {
      cluster: new FakeCluster(ids),
      hostOf: (id) => `kafka-${id}`,
    },
  ) {
    this.cluster = there.cluster;
    this.#ids = ids;
    this.#hostOf = there.hostOf;
    this.cluster.topics = Object.entries(topics).map(([name, replicas]) => aTopic(name, ...replicas));
    this.#answerKafkajs();
  }

  client(): Client & Disposable {
    const kafka = this.cluster.connect();
    const brokers = this.#ids.map((id) => ({ host: this.#hostOf(id), port: 9092 }));
    return {
      kafka,
      kafkajs: kafkajsOver((address) => later(this.cluster.dial(address)), brokers),
      [Symbol.dispose]: () => kafka.close(),
    };
  }

  end(topic: string, partition: number): number {
    return this.logs.get(`${topic}-${partition}`)?.at(-1)?.end ?? 0;
  }

  #answerKafkajs(): void {
    const { cluster } = this;
    const versions: { key: number; minVersion: number; maxVersion: number }[] = [];
    const answer = <Request, Response>(
      [name, key, version]: [name: string, key: number, version: number],
      request: Codec<Request>,
      response: Codec<Response>,
      say: (request: Request) => Response,
    ) => {
      versions.push({ key, minVersion: version, maxVersion: version });
      const api = {
        name: `kafkajs ${name}`,
        key,
        version,
        flexible: false,
        changes: () => false,
        request,
        response,
      };
      cluster.answer(api, say);
    };
    const done = { errorCode: 0 };

    answer(['ApiVersions', 18, 2], struct({}), apiVersions, () => ({ ...done, versions, throttleTimeMs: 0 }));
    answer(['Metadata', 3, 0], struct({ topics: array(string) }), metadata, ({ topics }) => ({
      brokers: this.#ids.map((nodeId) => ({ nodeId, host: this.#hostOf(nodeId), port: 9092 })),
      topics: cluster.topics.filter(({ name }) => topics.length === 0 || topics.includes(name)),
    }));
    answer(['Produce', 0, 7], produceApi.request, produced, ({ topics }) => ({
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ index, records }) => this.#append(name, index, records)),
      })),
      throttleTimeMs: 0,
    }));
    answer(['Fetch', 1, 11], fetchApi.request, fetchApi.response, ({ topics }) => ({
      throttleTimeMs: 0,
      ...done,
      sessionId: 0,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ index, fetchOffset }) => this.#fetch(name, index, fetchOffset)),
      })),
    }));
    const listOffsets = ({
      topics,
    }: {
      topics: readonly { name: string; partitions: readonly { index: number; timestamp: number }[] }[];
    }) => ({
      throttleTimeMs: 0,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ index, timestamp }) => ({
          index,
          ...done,
          timestamp: -1,
          offset: timestamp === -1 ? this.end(name, index) : 0,
        })),
      })),
    });
    answer(['ListOffsets', 2, 3], listOffsetsApi.request, listOffsetsApi.response, listOffsets);

    const [coordinator = 0] = this.#ids;
    answer(['FindCoordinator', 10, 0], struct({ group: string }), foundCoordinator, () => ({
      ...done,
      nodeId: coordinator,
      host: this.#hostOf(coordinator),
      port: 9092,
    }));
    answer(['JoinGroup', 11, 0], joinGroup, joinedGroup, ({ group, protocols: [protocol] }) => {
      this.joins++;
      const { offsets } = this.#group(group);
      this.groups.set(group, { state: 'Stable', offsets });
      const member = { id: 'a-member', metadata: protocol?.metadata ?? Buffer.alloc(0) };
      const elected = { protocol: protocol?.name ?? '', leader: member.id, member: member.id };
      return { ...done, generation: this.joins, ...elected, members: [member] };
    });
    answer(
      ['SyncGroup', 14, 0],
      syncGroup,
      struct({ errorCode: int16, assignment: bytes }),
      ({ assignments }) => ({
        ...done,
        assignment: assignments[0]?.assignment ?? Buffer.alloc(0),
      }),
    );
    answer(['Heartbeat', 12, 0], heartbeat, errorAnswer, () => done);
    answer(['LeaveGroup', 13, 0], struct({ group: string, member: string }), errorAnswer, ({ group }) => {
      this.#group(group).state = 'Empty';
      return done;
    });
    answer(['OffsetCommit', 8, 2], offsetCommit, committed, ({ group, topics }) => {
      for (const { name, partitions } of topics)
        for (const { index, offset } of partitions) this.commit(group, name, index, offset);
      return {
        topics: topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ index }) => ({ index, ...done })),
        })),
      };
    });
    answer(['OffsetFetch', 9, 3], offsetFetch, fetchedOffsets, ({ group, topics }) => {
      const { offsets } = this.#group(group);
      const wanted = topics ?? [...offsets].map(([name, of]) => ({ name, partitions: [...of.keys()] }));
      return {
        throttleTimeMs: 0,
        topics: wanted.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map((index) => ({
            index,
            offset: offsets.get(name)?.get(index) ?? -1,
            metadata: '',
            ...done,
          })),
        })),
        ...done,
      };
    });
    answer(['ListGroups', 16, 0], struct({}), listedGroups, () => {
      const isAsked =
        cluster.asked.filter(({ api }) => api === 'kafkajs ListGroups').at(-1)?.brokerId === coordinator;
      const groups = isAsked
        ? [...this.groups.keys()].map((group) => ({ group, protocolType: 'consumer' }))
        : [];
      return { ...done, groups };
    });
    answer(['DescribeGroups', 15, 0], struct({ groups: array(string) }), describedGroups, ({ groups }) => ({
      groups: groups.map((group) => {
        const { state } = this.#group(group);
        const member = {
          id: 'm',
          clientId: 'c',
          host: '/10.0.0.1',
          metadata: Buffer.alloc(0),
          assignment: Buffer.alloc(0),
        };
        const members = state === 'Stable' ? [member] : [];
        return { ...done, group, state, protocolType: 'consumer', protocol: '', members };
      }),
    }));
    answer(['DeleteGroups', 42, 0], struct({ groups: array(string) }), deletedGroups, ({ groups }) => {
      for (const group of groups) this.groups.delete(group);
      return { throttleTimeMs: 0, results: groups.map((group) => ({ group, ...done })) };
    });
    // The project's own connection asks the same thing.
    cluster.answer(listOffsetsApi, listOffsets);
  }

  /** What somebody else writes, at once. */
  append(topic: string, partition: number, values: readonly string[]): void {
    const records = values.map((value) => ({ value: Buffer.from(value) }));
    this.#append(topic, partition, encodeRecordBatch(records, Date.now()));
  }

  commit(group: string, topic: string, partition: number, offset: number): void {
    const { offsets } = this.#group(group);
    offsets.set(topic, (offsets.get(topic) ?? new Map<number, number>()).set(partition, offset));
  }

  #group(name: string): FakeGroup {
    const group = this.groups.get(name) ?? {
      state: 'Empty',
      offsets: new Map<string, Map<number, number>>(),
    };
    this.groups.set(name, group);
    return group;
  }

  #append(topic: string, partition: number, records: Buffer) {
    const name = `${topic}-${partition}`;
    const errorCode = this.refusing.get(name) ?? 0;
    const base = this.end(topic, partition);
    if (errorCode === 0) {
      const batch = Buffer.from(records);
      batch.writeBigInt64BE(BigInt(base)); // outside of what the checksum covers
      const end = base + batch.readInt32BE(57);
      this.logs.set(name, [...(this.logs.get(name) ?? []), { base, end, batch }]);
    }
    return { index: partition, errorCode, baseOffset: base, logAppendTimeMs: -1, logStartOffset: 0 };
  }

  #fetch(topic: string, partition: number, from: number) {
    const batches = (this.logs.get(`${topic}-${partition}`) ?? []).filter(({ end }) => end > from);
    const end = this.end(topic, partition);
    const errorCode = this.hasMoved ? ERROR.notLeaderOrFollower : ERROR.none;
    this.hasMoved = false;
    return {
      index: partition,
      errorCode,
      highWatermark: end,
      lastStableOffset: end,
      logStartOffset: 0,
      abortedTransactions: null,
      preferredReadReplica: -1,
      records: Buffer.concat(batches.map(({ batch }) => batch)),
    };
  }
}

/** An answer never comes while the question is still being written, which kafkajs does not expect. */
function later(stream: Duplex): Duplex {
  const write = stream._write.bind(stream);
  stream._write = (...args) => void setImmediate(write, ...args);
  return stream;
}

const errorAnswer = struct({ errorCode: int16 });
const apiVersions = struct({
  errorCode: int16,
  versions: array(struct({ key: int16, minVersion: int16, maxVersion: int16 })),
  throttleTimeMs: int32,
});
const metadata = struct({
  brokers: array(struct({ nodeId: int32, host: string, port: int32 })),
  topics: array(
    struct({
      errorCode: int16,
      name: string,
      partitions: array(
        struct({
          errorCode: int16,
          index: int32,
          leaderId: int32,
          replicas: array(int32),
          isr: array(int32),
        }),
      ),
    }),
  ),
});
const produced = struct({
  topics: array(
    struct({
      name: string,
      partitions: array(
        struct({
          index: int32,
          errorCode: int16,
          baseOffset: int64,
          logAppendTimeMs: int64,
          logStartOffset: int64,
        }),
      ),
    }),
  ),
  throttleTimeMs: int32,
});
const foundCoordinator = struct({ errorCode: int16, nodeId: int32, host: string, port: int32 });
const joinGroup = struct({
  group: string,
  sessionTimeoutMs: int32,
  member: string,
  protocolType: string,
  protocols: array(struct({ name: string, metadata: bytes })),
});
const joinedGroup = struct({
  errorCode: int16,
  generation: int32,
  protocol: string,
  leader: string,
  member: string,
  members: array(struct({ id: string, metadata: bytes })),
});
const syncGroup = struct({
  group: string,
  generation: int32,
  member: string,
  assignments: array(struct({ member: string, assignment: bytes })),
});
const heartbeat = struct({ group: string, generation: int32, member: string });
const offsetCommit = struct({
  group: string,
  generation: int32,
  member: string,
  retentionMs: int64,
  topics: array(
    struct({
      name: string,
      partitions: array(struct({ index: int32, offset: int64, metadata: nullableString })),
    }),
  ),
});
const committed = struct({
  topics: array(struct({ name: string, partitions: array(struct({ index: int32, errorCode: int16 })) })),
});
const offsetFetch = struct({
  group: string,
  topics: nullableArray(struct({ name: string, partitions: array(int32) })),
});
const fetchedOffsets = struct({
  throttleTimeMs: int32,
  topics: array(
    struct({
      name: string,
      partitions: array(struct({ index: int32, offset: int64, metadata: nullableString, errorCode: int16 })),
    }),
  ),
  errorCode: int16,
});
const listedGroups = struct({
  errorCode: int16,
  groups: array(struct({ group: string, protocolType: string })),
});
const describedGroups = struct({
  groups: array(
    struct({
      errorCode: int16,
      group: string,
      state: string,
      protocolType: string,
      protocol: string,
      members: array(
        struct({ id: string, clientId: string, host: string, metadata: bytes, assignment: bytes }),
      ),
    }),
  ),
});
const deletedGroups = struct({
  throttleTimeMs: int32,
  results: array(struct({ group: string, errorCode: int16 })),
});
