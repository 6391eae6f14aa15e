import { KafkaHaError } from '@kafka-ha/base';
import { Connections } from '@kafka-ha/kafka';
import { FakeCluster } from '@kafka-ha/kafka/testing';
import {
  apiVersionsApi,
  describeClusterApi,
  describeQuorumApi,
  ERROR,
  metadataApi,
  noUuid,
} from '@kafka-ha/kafka-protocol';
import { controllerId, ordinalOfController, ordinals } from '@kafka-ha/manifests';
import type { Nodes } from '../quorum/kraft-nodes.ts';

/** Times are milliseconds by the active controller's clock, which says 100,000 now; -1: never. */
type Replica = { fetchedAt: number; caughtUpAt: number; logEndOffset?: number };

const now = 100_000;
const wellDone: Replica = { fetchedAt: now - 100, caughtUpAt: now - 100 };

/** Three controllers and three brokers, or as many as are wanted, in memory, of which controller 1 is the active one, in term 7. */
export class FakeKraft {
  readonly brokers: number;
  readonly cluster: FakeCluster;
  /** By ordinal what each controller takes for the active one, by its id; null: none. Who names itself is asked about the others. */
  activeIn: (number | null)[] = ordinals(3).map(() => controllerId(1));
  /** What the active one knows of each node, by its id. */
  readonly replicas = new Map<number, Replica>();
  /** Observers that were there before, under the id of a node that is, with another volume. */
  readonly former: (Replica & { id: number })[] = [];
  epochOf: (id: number) => number = () => 7;
  highWatermark = 50;
  /** The last record in each broker's memory. */
  readonly knows = new Map<number, number>();
  readonly fenced = new Set<number>();
  /** Brokers that still use ZooKeeper, in a migration; and controllers that are ready for that. */
  readonly withZookeeper = new Set<number>();
  readonly ready = new Set<number>();
  readonly nodes: Nodes;

  constructor({ brokers = 3, answerWithinMs = 300 } = {}) {
    this.brokers = brokers;
    this.cluster = new FakeCluster([...ordinals(brokers), ...ordinals(3).map(controllerId)]);
    const { cluster } = this;
    cluster.answer(describeQuorumApi, (_request, id) => ({
      errorCode: ERROR.none,
      errorMessage: null,
      topics: [{ name: '__cluster_metadata', partitions: [this.#partition(id)] }],
      nodes: [],
    }));
    cluster.answer(describeClusterApi, (_request, id) => ({
      throttleTimeMs: 0,
      errorCode: ERROR.none,
      errorMessage: null,
      endpointType: 2,
      clusterId: 'a-cluster',
      controllerId: this.activeIn[ordinalOfController(id) ?? 0] ?? -1,
      nodes: [],
      clusterAuthorizedOperations: 0,
    }));
    cluster.answer(apiVersionsApi, (_request, id) => ({
      errorCode: ERROR.none,
      // LeaderAndIsr.
      apiKeys: this.withZookeeper.has(id) ? [{ key: 4, minVersion: 0, maxVersion: 7 }] : [],
      throttleTimeMs: 0,
      supportedFeatures: [],
      finalizedFeaturesEpoch: this.knows.get(id) ?? this.highWatermark - 1,
      finalizedFeatures: [],
      zkMigrationReady: this.ready.has(id),
    }));
    cluster.answer(metadataApi, ({ topics }) => ({
      throttleTimeMs: 0,
      brokers: ordinals(brokers)
        .filter((id) => !this.fenced.has(id))
        .map((nodeId) => ({ nodeId, host: `kafka-${nodeId}`, port: 9092, rack: null })),
      clusterId: 'a-cluster',
      controllerId: 0,
      topics: cluster.topics.filter(({ name }) => topics?.some((asked) => asked.name === name) ?? true),
    }));
    const connections = new Connections({
      dial: cluster.dial,
      clientId: 'test',
      requestTimeoutMs: answerWithinMs,
    });
    this.nodes = {
      ask: (id, api, request) => connections.ask({ host: `kafka-${id}`, port: 1 }, api, request),
      close: () => connections.close(new KafkaHaError('kafka-unreachable', 'closed')),
    };
  }

  #partition(id: number) {
    const isActive = this.activeIn[ordinalOfController(id) ?? 0] === id;
    const none = { errorMessage: null, leaderId: 0, leaderEpoch: 0, highWatermark: 0 };
    if (!isActive)
      return {
        ...none,
        index: 0,
        errorCode: ERROR.notLeaderOrFollower,
        currentVoters: [],
        observers: [],
      };
    return {
      ...none,
      index: 0,
      errorCode: ERROR.none,
      leaderId: id,
      leaderEpoch: this.epochOf(id),
      highWatermark: this.highWatermark,
      currentVoters: ordinals(3).map((ordinal) => this.#replica(controllerId(ordinal), id)),
      observers: [
        ...this.former.map((replica) => this.#replica(replica.id, id, replica)),
        ...ordinals(this.brokers).map((broker) => this.#replica(broker, id)),
      ],
    };
  }

  #replica(replicaId: number, leaderId: number, known = this.replicas.get(replicaId)) {
    const atOnce: Replica = { fetchedAt: now, caughtUpAt: now };
    const {
      fetchedAt,
      caughtUpAt,
      logEndOffset = this.highWatermark,
    } = replicaId === leaderId ? atOnce : (known ?? wellDone);
    return {
      replicaId,
      directoryId: noUuid,
      logEndOffset,
      lastFetchTimestamp: fetchedAt,
      lastCaughtUpTimestamp: caughtUpAt,
    };
  }
}
