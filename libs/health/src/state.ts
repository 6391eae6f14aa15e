import type { Component } from '@kafka-ha/manifests';

/**
 * One reading of the live cluster, as plain data. What could not be read is said to be unreadable: an empty list always
 * means that the source answered and has none.
 */
export type State = {
  statefulSets: Reading<StatefulSets>;
  /** Pods of this cluster's StatefulSets. */
  pods: Reading<readonly PodState[]>;
  /** The exporter's pods. Left out where the file has no exporter, or pods could not be read. */
  exporter?: readonly ExporterPod[];
  /** Brokers that Kafka takes for alive. */
  brokers: Reading<readonly RegisteredBroker[]>;
  controllerId: Reading<number | null>;
  /** Brokers that answer, and from old memory: for more than some seconds they differ from the others. */
  cutOff: readonly CutOffBroker[];
  /** Every topic there is, internal ones and those that the cluster file does not know included. */
  topics: Reading<readonly TopicState[]>;
  /** Partitions whose replicas are being moved now. */
  reassignments: Reading<readonly OngoingReassignment[]>;
  /** What brokers were given while they ran; what topics were given is in `TopicState`. */
  brokerSettings: Reading<readonly BrokerSettings[]>;
  /** What keeps Kafka's metadata: one for each server of the cluster file. A single one that does not answer is `unreachable`. */
  quorum: Reading<readonly QuorumServer[]>;
  /** In the middle of a migration the other of the two that keep the metadata; `quorum` is whom the brokers go by. */
  otherQuorum?: Reading<readonly QuorumServer[]>;
  /** What the controllers know beside who leads them. Left out where brokers do not go by controllers. */
  metadata?: Reading<MetadataState>;
  disks: readonly BrokerDisk[];
  /** How far consumer groups are behind, at the least where one is near the end of what is kept. Left out where nobody has asked. */
  consumers?: Reading<readonly ConsumerState[]>;
  /** Left out where the API server did not answer. */
  zones?: ZoneSource;
  /** Whether the network enforces the NetworkPolicies. Left out where nobody has tried. */
  policies?: Reading<PolicyTrial>;
};

/** A pod of the cluster asked a broker at a port that the NetworkPolicies close to it. `from` and `to` are names of pods. */
export type PolicyTrial = { from: string; to: string; port: number; enforced: boolean };

/** What tells whether pods can know their zones. */
export type ZoneSource = {
  /** The API server's version, e.g. `v1.35.4`. */
  kubernetes: string;
  /** The zones of all nodes, or null where nodes may not be listed, or need not. */
  ofNodes: readonly string[] | null;
};

export type Reading<T> = { kind: 'read'; value: T } | { kind: 'unreadable'; reason: string };

/** `null`: there is no such StatefulSet. */
export type StatefulSets = Readonly<Record<Component, StatefulSetState | null>>;

export type StatefulSetState = {
  /** Its pods are called after it: name-0, name-1, … */
  name: string;
  /** When it was made, ISO 8601. */
  createdAt?: string;
  replicas: number;
  readyReplicas: number;
  currentRevision: string;
  updateRevision: string;
  generation: number;
  observedGeneration: number;
};

export type PodState = PodStatus & {
  /** Another for each pod of this name. */
  uid: string;
  component: Component;
  ordinal: number;
  /** The node's `topology.kubernetes.io/zone`, as the pod carries it. */
  zone: string | null;
  revision: string;
  /** When its container last started, ISO 8601. */
  startedAt?: string;
};

/** `notReadyForMs` by the clock of whoever reads, against that of Kubernetes: 0 while it is ready. */
export type ExporterPod = PodStatus & { notReadyForMs: number };

/** How any pod is. */
export type PodStatus = {
  name: string;
  phase: string;
  ready: boolean;
  /** `null`: not scheduled yet. */
  node: string | null;
  restarts: number;
  /** Has a deletion timestamp. */
  deleting: boolean;
  /** Why it does not run: its container's waiting reason, or the scheduler's, e.g. `Unschedulable`. */
  waiting: { reason: string; message: string | null } | null;
  /** How its container ended the last time, e.g. `OOMKilled`, 137. */
  lastTermination: { reason: string; exitCode: number | null } | null;
};

export type RegisteredBroker = { id: number; rack: string | null; host: string };

/** `differs` says in what, e.g. `names broker 2 as controller where it is broker 0`. */
export type CutOffBroker = { brokerId: number; differs: readonly string[] };

export type TopicState = {
  name: string;
  internal: boolean;
  partitions: readonly PartitionState[];
  /** min.insync.replicas in force for this topic, wherever it is set. */
  minInSync: number;
  /** unclean.leader.election.enable in force for this topic. */
  uncleanElection: boolean;
  /** Throttle keys set on the topic, e.g. `leader.replication.throttled.replicas`. */
  throttles: readonly Throttle[];
  /** Keys that were set on the topic and that the file's version of Kafka has dropped. */
  dropped?: readonly string[];
};

export type PartitionState = {
  partition: number;
  /** `null`: offline. */
  leader: number | null;
  /** The first is the preferred leader. While a reassignment runs, the added ones are among them. */
  replicas: readonly number[];
  isr: readonly number[];
};

export type OngoingReassignment = {
  topic: string;
  partition: number;
  adding: readonly number[];
  removing: readonly number[];
};

export type BrokerSettings = {
  brokerId: number;
  /** Replication throttles. */
  throttles: readonly Throttle[];
  /** min.insync.replicas as this broker has it for topics that say nothing of it, and who set it. */
  minInSync?: { value: number; by: 'set for all brokers' | 'set for it alone' | 'as in its file' };
  /** Keys that it, or all brokers, were given while they ran, and that the file's version of Kafka has dropped. */
  dropped?: readonly string[];
};

/** A Kafka key and its value, e.g. `follower.replication.throttled.rate`, `20000000`. */
export type Throttle = { key: string; value: string };

/** A server that keeps Kafka's metadata, by its own word. */
export type QuorumServer = {
  ordinal: number;
  /** `looking`: it runs without a quorum and serves nobody. */
  mode: 'leader' | 'follower' | 'looking' | 'standalone' | 'unreachable';
  /** How many followers have all that it has; a leader alone knows. */
  syncedFollowers?: number;
  /** For how long, by the active controller's clock, a follower has not had all the metadata; null: not since that one was elected. */
  behindMs?: number | null;
  /** Up to where it has the metadata. */
  zxid?: string;
  /** Why it does not serve. */
  reason?: string;
};

export type MetadataState = {
  /** Brokers that are registered and not alive; undefined: this version of Kafka does not tell. */
  fenced: readonly number[] | undefined;
  /** Brokers that copy the metadata, by the active controller's word and clock. */
  copies: readonly MetadataCopy[];
  /** The level of each feature that is finalised; one that is not here has level 0. */
  features: Readonly<Record<string, number>>;
};

export type MetadataCopy = {
  brokerId: number;
  /** For how long it has not had all; null: not since that controller was elected. */
  behindMs: number | null;
  /** Whether it has asked for more within the last two seconds. */
  isFetching: boolean;
};

/** How far a consumer group is behind in a partition, by what it has committed. */
export type ConsumerState = {
  group: string;
  topic: string;
  partition: number;
  lagRecords: number;
  /**
   * Share of what is kept of the partition that it has yet to read. At 1 the next record that Kafka deletes is one that it has not
   * read; above that, such records are gone. Null where it is not known how long they are kept.
   */
  retentionUsed: number | null;
};

/** The file system that holds the broker's log directory, as the broker sees it. */
export type BrokerDisk = { brokerId: number; usage: Reading<{ usedBytes: number; sizeBytes: number }> };

/** The pod of this kind and number, where there is one. */
export function findPod(
  pods: readonly PodState[],
  component: Component,
  ordinal: number,
): PodState | undefined {
  return pods.find((pod) => pod.component === component && pod.ordinal === ordinal);
}

/** What was read, or `undefined`. */
export function valueOf<T>(reading: Reading<T> | undefined): T | undefined {
  return reading?.kind === 'read' ? reading.value : undefined;
}
