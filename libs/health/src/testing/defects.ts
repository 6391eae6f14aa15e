import { volumeShares } from '../findings/disks.ts';
import type { ExporterPod, FindingCode, MetadataState, PartitionState, State, TopicState } from '../index.ts';
import {
  anExporterPod,
  aPartition,
  aTopic,
  change,
  read,
  withBrokerDown,
  withPod,
  withServer,
  withTopic,
} from '../testing.ts';

/**
 * One defect of a healthy five-broker cluster with the topics events and payments. `n` chooses where it is; broker 4 is
 * left to the one that is down.
 */
export type Defect = {
  plant: (state: State, n: number) => State;
  /** Only of a cluster that keeps its metadata so; with ZooKeeper where not given. */
  mode?: 'kraft' | 'dual-write';
  /** Defects that touch the same thing cannot be combined: one may hide the other. */
  touches: readonly string[];
  /** What it raises besides its own code. */
  also?: readonly FindingCode[];
};

/** A defect for every finding that there is. */
export const defects: Record<FindingCode, Defect> = {
  'statefulset-missing': {
    touches: ['StatefulSet zookeeper'],
    plant: (state) => change(state, 'statefulSets', (sets) => ({ ...sets, zookeeper: null })),
  },
  'statefulset-not-observed': {
    touches: ['StatefulSet zookeeper'],
    plant: (state) =>
      change(state, 'statefulSets', ({ zookeeper, ...others }) => ({
        ...others,
        zookeeper: zookeeper && { ...zookeeper, generation: 2 },
      })),
  },
  'statefulset-replicas-differ': {
    touches: ['StatefulSet kafka'],
    plant: (state) =>
      change(state, 'statefulSets', ({ kafka, ...others }) => ({
        ...others,
        kafka: kafka && { ...kafka, replicas: 3 },
      })),
  },
  'pods-outdated': {
    touches: ['revision'],
    plant: (state, n) => withPod(state, 'kafka', n % 5, { revision: 'events-kafka-0' }),
  },
  'broker-missing': {
    touches: ['broker 4'],
    also: ['pod-not-ready', 'partitions-under-replicated'],
    plant: (state) => withBrokerDown(state, 4),
  },
  'broker-cut-off': {
    touches: ['word of broker 3'],
    plant: (state, n) => ({
      ...state,
      cutOff: [{ brokerId: 3, differs: [`names broker ${n} as controller where it is broker 4`] }],
    }),
  },
  'broker-unexpected': {
    touches: ['broker 5'],
    plant: (state, n) =>
      change(state, 'brokers', (all) => [...all, { id: 5 + n, rack: null, host: 'elsewhere' }]),
  },
  'pod-missing': {
    touches: ['pod zookeeper', 'StatefulSet zookeeper'],
    plant: (state, n) => withoutPod(state, n % 3),
  },
  'pod-waiting': {
    touches: ['pod kafka 0'],
    plant: (state) =>
      withPod(state, 'kafka', 0, {
        ready: false,
        phase: 'Pending',
        waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "apache/kafka:0"' },
      }),
  },
  'pod-not-ready': {
    touches: ['pod kafka 1'],
    plant: (state, n) =>
      withPod(state, 'kafka', 1, n % 2 === 0 ? { ready: false } : { deleting: true, ready: true }),
  },
  'pod-restarted': {
    touches: ['pod kafka 2'],
    plant: (state, n) => withPod(state, 'kafka', 2, { restarts: 1 + n }),
  },
  'exporter-not-ready': {
    touches: ['exporter'],
    plant: (state, n) => ({ ...state, exporter: exportersInTrouble[n % exportersInTrouble.length] ?? [] }),
  },
  'zookeeper-several-leaders': {
    touches: ['zookeeper'],
    plant: (state, n) => withServer(state, 1 + (n % 2), { mode: 'leader' }),
  },
  'zookeeper-standalone': {
    touches: ['zookeeper'],
    plant: (state, n) => withServer(state, 1 + (n % 2), { mode: 'standalone' }),
  },
  'zookeeper-no-leader': {
    touches: ['zookeeper'],
    plant: (state) =>
      change(state, 'quorum', (all) => all.map(({ ordinal }) => ({ ordinal, mode: 'looking' }))),
  },
  'zookeeper-server-missing': {
    touches: ['zookeeper', 'pod zookeeper', 'StatefulSet zookeeper'],
    also: ['pod-missing'],
    plant: (state, n) =>
      withoutPod(withServer(state, n % 3, { mode: 'unreachable', syncedFollowers: undefined }), n % 3),
  },
  'zookeeper-server-not-serving': {
    touches: ['zookeeper', 'pod zookeeper'],
    plant: (state, n) =>
      withServer(state, n % 3, { mode: n % 2 === 0 ? 'looking' : 'unreachable', syncedFollowers: undefined }),
  },
  'zookeeper-followers-not-synced': {
    touches: ['zookeeper'],
    plant: (state, n) => withServer(state, 0, { syncedFollowers: n % 2 }),
  },
  'broker-fenced': {
    mode: 'kraft',
    touches: ['broker 4'],
    also: ['partitions-under-replicated'],
    plant: (state, n) =>
      withMetadata(withPod(withBrokerDown(state, 4), 'kafka', 4, { ready: true }), {
        // Before 4.0 it is told by what it does.
        fenced: n % 2 === 0 ? [4] : undefined,
      }),
  },
  'broker-metadata-old': {
    mode: 'kraft',
    touches: ['metadata'],
    plant: (state, n) =>
      withMetadata(state, {
        copies: [{ brokerId: n, behindMs: n === 0 ? null : 6_000 + n, isFetching: true }],
      }),
  },
  'stale-registration': {
    mode: 'kraft',
    touches: ['metadata'],
    plant: (state, n) => withMetadata(state, { fenced: [5 + n] }),
  },
  'feature-behind': {
    mode: 'kraft',
    touches: ['metadata'],
    plant: (state, n) =>
      change(state, 'metadata', (metadata) => {
        const features = { 'metadata.version': 21, 'transaction.version': n % 2 };
        return { ...metadata, features: { ...metadata.features, ...features } };
      }),
  },
  'min-isr-outranked': {
    touches: ['broker settings'],
    plant: (state, n) => ({
      ...state,
      brokerSettings: read([
        { brokerId: 0, throttles: [], minInSync: { value: 3, by: 'as in its file' } },
        {
          brokerId: 1,
          throttles: [],
          minInSync: { value: 1 + (n % 2), by: n === 0 ? 'set for all brokers' : 'set for it alone' },
        },
      ]),
    }),
  },
  'removed-config-left': {
    touches: ['topic dropped'],
    plant: (state) => withTopic(state, aTopic('dropped', { dropped: ['message.format.version'] })),
  },
  'controllers-none-active': {
    mode: 'kraft',
    touches: ['controllers'],
    plant: (state) =>
      change(state, 'quorum', (all) => all.map(({ ordinal }) => ({ ordinal, mode: 'looking' }))),
  },
  'controller-missing': {
    mode: 'kraft',
    touches: ['controllers'],
    also: ['pod-missing'],
    plant: (state, n) =>
      change(withServer(state, n % 3, { mode: 'unreachable', syncedFollowers: undefined }), 'pods', (pods) =>
        pods.filter(({ component, ordinal }) => component !== 'controller' || ordinal !== n % 3),
      ),
  },
  'controller-not-serving': {
    mode: 'kraft',
    touches: ['controllers'],
    plant: (state, n) =>
      withServer(state, n % 3, { mode: n % 2 === 0 ? 'looking' : 'unreachable', syncedFollowers: undefined }),
  },
  'controller-volume-empty': {
    mode: 'kraft',
    touches: ['controllers'],
    also: ['pod-waiting'],
    plant: (state, n) =>
      withPod(
        withServer(state, n % 3, { mode: 'unreachable', syncedFollowers: undefined }),
        'controller',
        n % 3,
        {
          ready: false,
          waiting: { reason: 'CrashLoopBackOff', message: null },
          restarts: 3,
          lastTermination: { reason: 'Error', exitCode: 78 },
        },
      ),
  },
  'controller-behind': {
    mode: 'kraft',
    touches: ['controllers'],
    plant: (state, n) => withServer(state, 1 + (n % 2), { behindMs: n === 0 ? null : 2_000 + n }),
  },
  'source-unreadable': {
    touches: ['controller'],
    plant: (state) => ({ ...state, controllerId: { kind: 'unreadable', reason: 'Timed out.' } }),
  },
  'no-controller': {
    touches: ['controller'],
    plant: (state) => ({ ...state, controllerId: read(null) }),
  },
  'controller-not-registered': {
    touches: ['controller'],
    plant: (state) => ({ ...state, controllerId: read(77) }),
  },
  'detail-unreadable': {
    touches: ['broker settings'],
    plant: (state) => ({ ...state, brokerSettings: { kind: 'unreadable', reason: 'Not allowed.' } }),
  },
  'partitions-offline': {
    touches: ['topic offline'],
    plant: (state, n) =>
      withTopic(state, aTopic('offline', { partitions: partitions({}, { leader: null, isr: [n % 4] }) })),
  },
  'partitions-under-min-isr': {
    touches: ['topic thin'],
    plant: (state) => withTopic(state, aTopic('thin', { partitions: partitions({}, { isr: [0, 1] }) })),
  },
  'partitions-under-replicated': {
    touches: ['topic behind'],
    plant: (state) =>
      withTopic(state, aTopic('behind', { partitions: partitions({}, { isr: [0, 1, 2, 3] }) })),
  },
  'topic-breaks-promise': {
    touches: ['topic weak'],
    plant: (state, n) => withTopic(state, aTopic('weak', weaknesses[n % weaknesses.length])),
  },
  'topic-unclean-election': {
    touches: ['topic unclean'],
    plant: (state) => withTopic(state, aTopic('unclean', { uncleanElection: true })),
  },
  'internal-topic-missing': {
    touches: ['internal topics'],
    plant: (state, n) =>
      change(state, 'topics', (topics) =>
        topics.filter(({ name }) => name !== ['__consumer_offsets', '__transaction_state'][n % 2]),
      ),
  },
  'topic-missing': {
    touches: ['topic payments'],
    plant: (state) => change(state, 'topics', (topics) => topics.filter(({ name }) => name !== 'payments')),
  },
  'topic-partitions-differ': {
    touches: ['topic events'],
    plant: (state) =>
      change(state, 'topics', (topics) =>
        topics.map((topic) =>
          topic.name === 'events' ? { ...topic, partitions: topic.partitions.slice(0, -1) } : topic,
        ),
      ),
  },
  'leaders-not-preferred': {
    touches: ['topic led elsewhere'],
    plant: (state, n) =>
      withTopic(state, aTopic('led-elsewhere', { partitions: partitions({ leader: 1 + (n % 3) }) })),
  },
  'leaders-uneven': {
    touches: ['topic uneven'],
    plant: (state) =>
      withTopic(
        state,
        aTopic('uneven', {
          partitions: partitions({ replicas: [0, 1, 2, 3, 4] }, { replicas: [0, 4, 3, 2, 1] }),
        }),
      ),
  },
  'brokers-share-node': {
    touches: ['node of broker'],
    plant: (state) => withPod(state, 'kafka', 3, { node: 'node-2' }),
  },
  'zookeeper-share-node': {
    touches: ['pod zookeeper'],
    plant: (state, n) => withPod(state, 'zookeeper', 1 + (n % 2), { node: 'node-zk-0' }),
  },
  'broker-rack-differs': {
    touches: ['racks'],
    plant: (state, n) =>
      change(state, 'brokers', (all) =>
        all.map((each) => (each.id === n % 4 ? { ...each, rack: null } : each)),
      ),
  },
  'migration-in-progress': { mode: 'dual-write', touches: [], plant: (state) => state },
  'zone-holds-too-many': {
    touches: ['racks'],
    plant: (state) => {
      const zone = 'zone-a';
      const moved = change(state, 'brokers', (all) => all.map((broker) => ({ ...broker, rack: zone })));
      return [0, 1, 2, 3, 4].reduce((each, id) => withPod(each, 'kafka', id, { zone }), moved);
    },
  },
  'zones-not-heeded': {
    touches: ['racks', 'node of broker'],
    plant: (state, n) => {
      const zones = { kubernetes: 'v1.34.2', ofNodes: n % 2 === 0 ? null : ['zone-a', 'zone-b', 'zone-a'] };
      const without = change(state, 'brokers', (all) => all.map((broker) => ({ ...broker, rack: null })));
      const pods = [0, 1, 2, 3, 4].reduce((each, id) => withPod(each, 'kafka', id, { zone: null }), without);
      return { ...pods, zones };
    },
  },
  'disk-full': { touches: ['disk 0'], plant: (state) => withDisk(state, 0, volumeShares.full) },
  'disk-nearly-full': { touches: ['disk 1'], plant: (state) => withDisk(state, 1, volumeShares.nearlyFull) },
  'consumer-near-retention': {
    touches: ['consumers'],
    plant: (state, n) => ({
      ...state,
      consumers: read([
        { group: 'billing', topic: 'events', partition: n, lagRecords: 9, retentionUsed: 0.49 },
        { group: 'billing', topic: 'payments', partition: n, lagRecords: 50, retentionUsed: 0.5 + n },
      ]),
    }),
  },
  'policies-not-enforced': {
    touches: ['policies'],
    plant: (state, n) => ({
      ...state,
      policies: read({
        from: `events-zookeeper-${n % 3}`,
        to: `events-kafka-${n}`,
        port: 9091,
        enforced: false,
      }),
    }),
  },
  'disk-unreadable': {
    touches: ['disk 2'],
    plant: (state, n) => ({
      ...state,
      disks: state.disks.flatMap((disk) => {
        if (disk.brokerId !== 2) return [disk];
        return n % 2 === 0 ? [] : [{ brokerId: 2, usage: { kind: 'unreadable' as const, reason: 'No df.' } }];
      }),
    }),
  },
  'reassignment-ongoing': {
    touches: ['reassignments'],
    plant: (state) => ({
      ...state,
      reassignments: read([{ topic: 'events', partition: 0, adding: [], removing: [4] }]),
    }),
  },
  'throttle-left': {
    touches: ['reassignments'],
    plant: (state) =>
      withTopic(
        state,
        aTopic('throttled', { throttles: [{ key: 'leader.replication.throttled.replicas', value: '*' }] }),
      ),
  },
};

const exportersInTrouble: readonly (readonly ExporterPod[])[] = [
  [],
  [anExporterPod({ ready: false, phase: 'Pending', waiting: { reason: 'ImagePullBackOff', message: null } })],
  [
    anExporterPod(),
    anExporterPod({ ready: false, phase: 'Pending', waiting: { reason: 'ErrImagePull', message: null } }),
  ],
  [
    anExporterPod({
      ready: false,
      restarts: 3,
      waiting: { reason: 'CrashLoopBackOff', message: null },
      lastTermination: { reason: 'OOMKilled', exitCode: 137 },
    }),
  ],
  [anExporterPod({ ready: false, phase: 'Pending', notReadyForMs: 121_000 })],
];

const weaknesses: readonly Partial<TopicState>[] = [
  { partitions: partitions({ replicas: [0] }) },
  { partitions: partitions({ replicas: [0, 1, 2] }), minInSync: 2 },
  { minInSync: 2 },
  { minInSync: 4 },
  { partitions: partitions({}, {}, { replicas: [2, 3, 4, 0] }) },
];

/** As many partitions, led by the brokers in turn where nothing else is said. */
function partitions(...overrides: readonly Partial<PartitionState>[]): PartitionState[] {
  return overrides.map((each, partition) =>
    aPartition({ replicas: [0, 1, 2, 3, 4].map((n) => (partition + n) % 5), ...each, partition }),
  );
}

function withMetadata(state: State, difference: Partial<MetadataState>): State {
  return change(state, 'metadata', (metadata) => ({ ...metadata, ...difference }));
}

function withDisk(state: State, brokerId: number, share: number): State {
  const sizeBytes = 50 * 2 ** 30;
  const usage = read({ usedBytes: share * sizeBytes, sizeBytes });
  return {
    ...state,
    disks: state.disks.map((disk) => (disk.brokerId === brokerId ? { brokerId, usage } : disk)),
  };
}

function withoutPod(state: State, server: number): State {
  return change(state, 'pods', (pods) =>
    pods.filter(({ component, ordinal }) => component === 'kafka' || ordinal !== server),
  );
}
