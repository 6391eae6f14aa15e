import { featuresOf, parseClusterFile, quorumServersOf, type Spec } from '@kafka-ha/config';
import {
  components,
  controllerId,
  names,
  otherQuorumComponentOf,
  podOf,
  probeTopic,
  quorumComponentOf,
  quorumComponentsOf,
  topicsOf,
  type Component,
  type QuorumComponent,
} from '@kafka-ha/manifests';
import type {
  ExporterPod,
  MetadataState,
  PartitionState,
  PodState,
  Reading,
  State,
  StatefulSetState,
  TopicState,
  QuorumServer,
} from './state.ts';

/**
 * A healthy cluster as the spec wants it: each pod on a node of its own, three zones, even leadership, ZooKeeper server 0
 * leading, broker 0 the controller. `aState({ controllerId: read(null) })` differs in what is given.
 */
export function aState(overrides: Partial<State> = {}, spec: Spec = defaultSpec()): State {
  const ids = numbers(spec.brokers);
  const quorum = quorumComponentOf(spec);
  const quorums = quorumComponentsOf(spec);
  const serversOf = (component: QuorumComponent) => numbers(components[component].wanted(spec).pods);
  const other = otherQuorumComponentOf(spec);
  return {
    statefulSets: read({
      zookeeper: null,
      controller: null,
      kafka: aStatefulSet(names(spec).kafka, spec.brokers),
      ...Object.fromEntries(
        quorums.map((each) => [each, aStatefulSet(names(spec)[each], serversOf(each).length)]),
      ),
    }),
    pods: read([
      ...ids.map((ordinal) => aPod(spec, 'kafka', ordinal)),
      ...quorums.flatMap((each) => serversOf(each).map((ordinal) => aPod(spec, each, ordinal))),
    ]),
    brokers: read(ids.map((id) => ({ id, rack: zoneOf(id), host: podOf(spec, id) }))),
    controllerId: read(quorum === 'controller' ? controllerId(0) : 0),
    cutOff: [],
    topics: read(someTopics(spec)),
    reassignments: read([]),
    brokerSettings: read([]),
    ...(quorum === 'controller' && { metadata: read(someMetadata(spec)) }),
    quorum: read(serversOf(quorum).map((ordinal) => aServer(spec, ordinal))),
    ...(other && { otherQuorum: read(serversOf(other).map((ordinal) => aServer(spec, ordinal))) }),
    disks: ids.map((brokerId) => ({
      brokerId,
      usage: read({ usedBytes: spec.storage.sizeBytes / 2, sizeBytes: spec.storage.sizeBytes }),
    })),
    ...overrides,
  };
}

export function read<T>(value: T): Reading<T> {
  return { kind: 'read', value };
}

/** The exporter's pod, ready. */
export function anExporterPod(overrides: Partial<ExporterPod> = {}): ExporterPod {
  return {
    name: 'events-exporter-5d4f-x7k2p',
    phase: 'Running',
    ready: true,
    node: 'node-5',
    restarts: 0,
    deleting: false,
    waiting: null,
    lastTermination: null,
    notReadyForMs: 0,
    ...overrides,
  };
}

/** A topic with one partition, replicated over brokers 0 to 4. */
export function aTopic(name: string, overrides: Partial<TopicState> = {}): TopicState {
  return {
    name,
    internal: false,
    partitions: [aPartition()],
    minInSync: 3,
    uncleanElection: false,
    throttles: [],
    ...overrides,
  };
}

/** Whole, and led by its first replica, whatever the replicas are. */
export function aPartition(overrides: Partial<PartitionState> = {}): PartitionState {
  const replicas = overrides.replicas ?? [0, 1, 2, 3, 4];
  return { partition: 0, leader: replicas[0] ?? null, replicas, isr: replicas, ...overrides };
}

/** Another topic, or another state of one that is there. */
export function withTopic(state: State, topic: TopicState): State {
  return change(state, 'topics', (topics) => [...topics.filter(({ name }) => name !== topic.name), topic]);
}

export function withPod(
  state: State,
  component: Component,
  ordinal: number,
  difference: Partial<PodState>,
): State {
  return change(state, 'pods', (pods) =>
    pods.map((pod) =>
      pod.component === component && pod.ordinal === ordinal ? { ...pod, ...difference } : pod,
    ),
  );
}

export function withServer(state: State, ordinal: number, difference: Partial<QuorumServer>): State {
  return change(state, 'quorum', (servers) =>
    servers.map((server) => (server.ordinal === ordinal ? { ...server, ...difference } : server)),
  );
}

/** As the cluster is once the loss of a broker has been noticed: out of every ISR, its leaders elsewhere. */
export function withBrokerDown(state: State, id: number): State {
  let down = withPod(state, 'kafka', id, { ready: false });
  down = change(down, 'brokers', (brokers) => brokers.filter((broker) => broker.id !== id));
  const [successor] = down.brokers.kind === 'read' ? down.brokers.value : [];
  down = change(down, 'controllerId', (controller) =>
    controller === id ? (successor?.id ?? null) : controller,
  );
  down = change(down, 'topics', (topics) =>
    topics.map((topic) => ({
      ...topic,
      partitions: topic.partitions.map((partition) => withoutReplica(partition, id)),
    })),
  );
  const disks = down.disks.map((disk) =>
    disk.brokerId === id
      ? { brokerId: id, usage: { kind: 'unreadable' as const, reason: 'Its pod does not run.' } }
      : disk,
  );
  return { ...down, disks };
}

/** Another value of one source, where it could be read at all. */
export function change<S extends Exclude<keyof State, 'disks' | 'cutOff' | 'exporter' | 'zones'>>(
  state: State,
  source: S,
  update: (value: ValueOf<State[S]>) => ValueOf<State[S]>,
): State {
  const reading = state[source] as Reading<ValueOf<State[S]>> | undefined;
  return reading?.kind === 'read' ? { ...state, [source]: read(update(reading.value)) } : state;
}

type ValueOf<R> = R extends { kind: 'read'; value: infer T } ? T : never;

function withoutReplica(partition: PartitionState, id: number): PartitionState {
  const isr = partition.isr.filter((replica) => replica !== id);
  // The last of an ISR stays in it: nobody else may lead then.
  if (isr.length === 0) return { ...partition, leader: null };
  const leader =
    partition.leader === id
      ? (partition.replicas.find((replica) => isr.includes(replica)) ?? null)
      : partition.leader;
  return { ...partition, isr, leader };
}

/** The cluster that a file with nothing but a name means. */
function defaultSpec(): Spec {
  return parseClusterFile('name: events', { file: 'cluster.yaml' }).spec;
}

function aStatefulSet(name: string, replicas: number): StatefulSetState {
  return {
    name,
    replicas,
    readyReplicas: replicas,
    currentRevision: `${name}-1`,
    updateRevision: `${name}-1`,
    generation: 1,
    observedGeneration: 1,
  };
}

function aPod(spec: Spec, component: Component, ordinal: number): PodState {
  const name = names(spec)[component];
  return {
    name: `${name}-${ordinal}`,
    uid: `uid-${name}-${ordinal}`,
    component,
    ordinal,
    phase: 'Running',
    ready: true,
    node: component === 'kafka' ? `node-${ordinal}` : `node-zk-${ordinal}`,
    zone: zoneOf(ordinal),
    revision: `${name}-1`,
    restarts: 0,
    deleting: false,
    waiting: null,
    lastTermination: null,
  };
}

function aServer(spec: Spec, ordinal: number): QuorumServer {
  if (ordinal > 0) return { ordinal, mode: 'follower' };
  return { ordinal, mode: 'leader', syncedFollowers: quorumServersOf(spec) - 1 };
}

/** As a deployment makes them. */
function someTopics(spec: Spec): TopicState[] {
  return topicsOf(spec).map(({ name, partitions }) =>
    aTopic(name, {
      internal: name.startsWith('__') && name !== probeTopic,
      partitions: somePartitions(spec, partitions),
      minInSync: spec.replication.minInSync,
    }),
  );
}

/** Replica lists that lead in turn. */
function somePartitions(spec: Spec, count: number): PartitionState[] {
  return numbers(count).map((partition) =>
    aPartition({
      partition,
      replicas: numbers(spec.replication.factor).map((n) => (partition + n) % spec.brokers),
    }),
  );
}

function someMetadata({ brokers, versions }: Spec): MetadataState {
  const copies = numbers(brokers).map((brokerId) => ({ brokerId, behindMs: 100, isFetching: true }));
  return { fenced: [], copies, features: featuresOf(versions.metadata)?.levels ?? {} };
}

function zoneOf(ordinal: number): string {
  return `zone-${'abc'[ordinal % 3]}`;
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}
