import type { Mode } from './mode/mode.ts';
import type { Sizing } from './sizing/sizing.ts';

/**
 * The parsed, defaulted, proven cluster file. Whoever holds a Spec may rely on it: `parseClusterFile` is the only way
 * to make one, and it refuses a file that cannot keep its promise.
 *
 * Sizes are bytes, rates bytes per second, times milliseconds, CPU thousandths of a core.
 */
export type Spec = {
  /** Who keeps Kafka's metadata: the ZooKeeper servers or the controllers. What is said of the others is not in force. */
  mode: Mode;
  /** The cluster's name: a DNS label, and the prefix of every object's name. */
  name: string;
  namespace: string;
  brokers: number;
  /** How many brokers may be lost at once. */
  tolerance: number;
  /** Follows from the tolerance f: 2f+1 and f+1, unless the file says otherwise and still keeps its promise. */
  replication: { factor: number; minInSync: number };
  zookeeper: QuorumSpec;
  controllers: QuorumSpec;
  /** `bytesPerSecond` of application data, before producers compress it. */
  ingest: { bytesPerSecond: number; compression: number; consumerGroups: number };
  resources: { cpuMillis: number; memoryBytes: number };
  /** `class: null` is the cluster's default StorageClass; `bytesPerSecond` is what a volume can write. */
  /** `retentionSeconds`: what the file asks for; null where it leaves that to the size. */
  storage: {
    sizeBytes: number;
    retentionSeconds: number | null;
    class: string | null;
    bytesPerSecond: number;
  };
  placement: { brokersPerNode: number; separateZookeeper: Separation; separateControllers: Separation };
  /** What the pods of each kind carry, with what all have in common merged in. */
  pods: {
    kafka: PodSettings;
    zookeeper: PodSettings;
    controller: PodSettings;
    workload: PodSettings;
    exporter: PodSettings;
  };
  /** `interBrokerProtocol` and `zookeeper` with ZooKeeper; `metadata`, a release such as `4.4`, with controllers. */
  versions: { kafka: string; zookeeper: string; interBrokerProtocol: string; metadata: string };
  /** Whole references, e.g. `apache/kafka:3.9.2`; a digest where the file gives one. */
  images: {
    kafka: string;
    zookeeper: string;
    workload: string;
    pullPolicy: 'IfNotPresent' | 'Always' | 'Never';
  };
  /** Broker keys of the file's own, already checked against those that this project owns. */
  kafkaConfig: Readonly<Record<string, string>>;
  /** Null: without an exporter. */
  metrics: MetricsSpec | null;
  topics: readonly TopicSpec[];
  /** Topics of others, that need less than the promise. A name that ends with `*` means all that begin so. */
  otherTopics: readonly { name: string; tolerance: number }[];
  objectives: { interruptionMs: number; plannedInterruptionMs: number };
  /** Everything computed from the above: heap, retention, segments, threads, expected load. */
  sizing: Sizing;
};

/** Of the servers that keep the metadata. */
export type QuorumSpec = { servers: number; cpuMillis: number; memoryBytes: number; storageBytes: number };

export type MetricsSpec = {
  intervalMs: number;
  /** Of the exporter; not given: by the partitions of the file. */
  memoryBytes?: number;
  /** What metrics say that the cluster is; not given: its name. */
  cluster?: string;
  /** What the exporter's pod runs. Not of the file: it is added by whoever applies objects, see `withExporter`. */
  program?: string;
};

/** Whether they keep to nodes without brokers. */
export type Separation = 'required' | 'preferred' | 'none';

export type TopicSpec = {
  name: string;
  partitions: number;
  /** Whether a topic that has fewer partitions is given the others. */
  allowMorePartitions?: boolean;
  config: Readonly<Record<string, string>>;
};

export type PodSettings = {
  /** Names of Secrets. */
  imagePullSecrets: readonly string[];
  nodeSelector: Readonly<Record<string, string>>;
  tolerations: readonly Toleration[];
  priorityClassName: string | null;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
};

/** As Kubernetes has it: without a key every taint is meant, without an effect every effect. */
export type Toleration = {
  key?: string;
  operator: 'Equal' | 'Exists';
  value?: string;
  effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  tolerationSeconds?: number;
};
