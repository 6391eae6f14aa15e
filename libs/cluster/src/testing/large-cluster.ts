import type { Spec } from '@kafka-ha/config';
import type { Dial } from '@kafka-ha/kafka';
import { aTopic } from '@kafka-ha/kafka/testing';
import {
  describeFencedBrokersApi,
  describeLogDirsApi,
  ERROR,
  listGroupsApi,
  listPartitionReassignmentsApi,
  metadataApi,
  offsetFetchApi,
  RESOURCE,
} from '@kafka-ha/kafka-protocol';
import type { KubeObject } from '@kafka-ha/kube';
import { names, ordinals, renderObjects } from '@kafka-ha/manifests';
import type { FencedCluster } from '../cluster.ts';
import { fakeObjects } from './fake-objects.ts';
import { FakeKraft } from './kraft-nodes.ts';
import { answerAsKraft } from './kraft-pods.ts';

export type LargeCluster = AsyncDisposable & {
  cluster: FencedCluster;
  /** To a broker or a controller without Kubernetes: the host is `kafka-` and its id. */
  dial: Dial;
  /** How often Kubernetes and Kafka were asked, and how many connections to pods were opened. */
  asked: () => { kubernetes: number; kafka: number; connections: number };
};

type Size = {
  partitions: number;
  perTopic: number;
  /** How many consumer groups there are, one if it is not said. Each reads every partition. */
  groups?: number;
  /** How many records of each partition they have yet to read, of the 100 that are kept. */
  lag?: number;
};

/** A cluster of a KRaft spec that runs, in topics of so many partitions; its brokers' pods are due for a restart. */
export async function largeCluster(spec: Spec, size: Size): Promise<LargeCluster> {
  const brokers = spec.brokers;
  const kraft = new FakeKraft({ brokers });
  answerInFull(kraft, spec, size);
  answerConsumers(kraft, size);
  const fake = await fakeObjects(objectsOf(spec), ({ path }) => {
    if (path === '/version') return { json: { gitVersion: 'v1.35.0' } };
    return path === '/api/v1/nodes' ? { json: { items: [] } } : undefined;
  });
  answerAsKraft(fake, kraft);
  return {
    cluster: { kube: fake.kube, spec, signal: new AbortController().signal },
    dial: kraft.cluster.dial,
    asked: () => ({
      kubernetes: fake.received.length,
      kafka: kraft.cluster.asked.length,
      connections: kraft.cluster.streams.length,
    }),
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
}

function answerInFull({ cluster, brokers }: FakeKraft, spec: Spec, { partitions, perTopic }: Size): void {
  const { factor, minInSync } = spec.replication;
  const listOf = (at: number) =>
    ordinals(factor).map((place) => (at + place * (1 + (Math.floor(at / brokers) % 9))) % brokers);
  cluster.topics = ordinals(Math.ceil(partitions / perTopic)).map((topic) =>
    aTopic(`topic-${topic}`, ...ordinals(perTopic).map((partition) => listOf(topic * perTopic + partition))),
  );
  const metadata = {
    throttleTimeMs: 0,
    brokers: ordinals(brokers).map((nodeId) => ({
      nodeId,
      host: `kafka-${nodeId}`,
      port: 9092,
      rack: `zone-${nodeId % 3}`,
    })),
    clusterId: 'a-cluster',
    controllerId: 0,
    topics: cluster.topics,
  };
  const ofNoTopic = { ...metadata, topics: [] };
  cluster.answer(metadataApi, ({ topics }) => {
    if (topics === null) return metadata;
    if (topics.length === 0) return ofNoTopic;
    const wanted = new Set(topics.map(({ name }) => name));
    return { ...metadata, topics: cluster.topics.filter(({ name }) => wanted.has(name)) };
  });
  const configs = [
    ['min.insync.replicas', String(minInSync)],
    ['unclean.leader.election.enable', 'false'],
    ['cleanup.policy', 'delete'],
    ['retention.ms', '3600000'],
  ] as const;
  cluster.answerConfigs(({ type }) =>
    configs.map(([name, value]) => ({ name, value, source: type === RESOURCE.topic ? 1 : 4 })),
  );
  const logsOf = ordinals(brokers).map((id) =>
    cluster.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions
        .filter(({ replicas }) => replicas.includes(id))
        .map(({ index }) => ({ index, sizeBytes: (index % 100) * 2 ** 24, offsetLag: 0, isFuture: false })),
    })),
  );
  cluster.answer(describeLogDirsApi, ({ topics }, id) => ({
    throttleTimeMs: 0,
    errorCode: ERROR.none,
    directories: [
      {
        errorCode: ERROR.none,
        path: '/var/lib/kafka',
        topics: topics === null ? logsOf[id]! : [],
        totalBytes: 2 ** 44,
        usableBytes: 2 ** 43,
      },
    ],
  }));
  cluster.answer(listPartitionReassignmentsApi, () => ({
    throttleTimeMs: 0,
    errorCode: ERROR.none,
    errorMessage: null,
    topics: [],
  }));
  cluster.answer(describeFencedBrokersApi, () => ({
    throttleTimeMs: 0,
    errorCode: ERROR.none,
    errorMessage: null,
    endpointType: 1,
    clusterId: 'a-cluster',
    controllerId: 0,
    nodes: metadata.brokers.map((each) => ({ ...each, isFenced: false })),
    clusterAuthorizedOperations: 0,
  }));
}

/** Each group reads everything; the brokers coordinate them in turn. */
function answerConsumers({ cluster, brokers }: FakeKraft, { groups = 1, lag = 1 }: Size): void {
  const [start, end] = [900, 1_000];
  cluster.answer(listGroupsApi, (_, id) => ({
    throttleTimeMs: 0,
    errorCode: ERROR.none,
    groups: ordinals(groups)
      .filter((group) => group % brokers === id)
      .map((group) => ({ groupId: group === 0 ? 'all' : `all-${group}`, protocolType: 'consumer' })),
  }));
  const position = { committedLeaderEpoch: 0, metadata: '', errorCode: ERROR.none };
  const topics = cluster.topics.map(({ name, partitions }) => ({
    name: name ?? '',
    partitions: partitions.map(({ index }) => ({ ...position, index, committedOffset: end - lag })),
  }));
  cluster.answer(offsetFetchApi, (asked) => ({
    throttleTimeMs: 0,
    groups: asked.groups.map(({ groupId }) => ({ groupId, errorCode: ERROR.none, topics })),
  }));
  cluster.answerOffsets(({ timestamp }) => ({ timestamp, offset: timestamp === -1 ? end : start }));
}

function objectsOf(spec: Spec): KubeObject[] {
  const { kafka, controller } = names(spec);
  const replicas = { [kafka]: spec.brokers, [controller]: spec.controllers.servers };
  const rendered = (renderObjects(spec) as unknown as KubeObject[]).map((object) =>
    object.kind === 'StatefulSet'
      ? {
          ...object,
          status: {
            readyReplicas: replicas[object.metadata.name],
            observedGeneration: 1,
            currentRevision: 'old',
            updateRevision: object.metadata.name === kafka ? 'new' : 'old',
          },
        }
      : object,
  );
  const pods = Object.entries(replicas).flatMap(([set, count]) =>
    ordinals(count).map((ordinal): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${set}-${ordinal}`,
        namespace: spec.namespace,
        labels: {
          'controller-revision-hash': 'old',
          'topology.kubernetes.io/zone': `zone-${ordinal % 3}`,
        },
      },
      spec: { containers: [], nodeName: `node-${set}-${ordinal}` },
      status: {
        phase: 'Running',
        conditions: [
          { type: 'Ready', status: 'True' },
          { type: 'PodScheduled', status: 'True' },
        ],
        containerStatuses: [],
      },
    })),
  );
  return [...rendered, ...pods];
}
