import {
  brokersQuorum,
  otherQuorum,
  quorums,
  quorumsIn,
  type QuorumSection,
  type Separation,
  type Spec,
} from '@kafka-ha/config';

/** What this project knows of one kind of pod. */
type ComponentRow = {
  /** One of its pods, in a sentence; an s makes it several. */
  noun: string;
  /** What its pods are together, in a sentence. */
  system: string;
  /** Names its step in an operation's events. */
  step: string;
  /** The value of `app.kubernetes.io/component`. */
  label: string;
  /** The fields of the cluster file that say how many there are, and how much memory each has. */
  fields: { pods: string; memory: string };
  /** Whether the metadata that its pods keep has features, which are raised once all binaries know them. */
  hasFeatures: boolean;
  /** From a pod's end to its return, in milliseconds: seen on two cores that had much else to do, rather too long than too short. */
  restartMs: number;
  /** How many the file allows on one node. */
  perNode: (spec: Spec) => number;
  /** What the file asks for. */
  wanted: (spec: Spec) => { pods: number; memoryBytes: number; heapBytes: number; storageBytes: number };
};

/** What is alike in all that keep the metadata, but for their section of the cluster file. */
const quorumRow = (section: QuorumSection) => ({
  fields: { pods: `${section}.servers`, memory: `${section}.resources.memory` },
  restartMs: 14_000,
  perNode: () => 1,
  /** Whether the file has its pods keep to nodes without brokers. */
  separation: ({ placement }: Spec): Separation => placement[quorums[section].separation],
  wanted: ({ [section]: { servers: pods, memoryBytes, storageBytes }, sizing }: Spec) => ({
    pods,
    memoryBytes,
    heapBytes: sizing.quorumHeapBytes[section],
    storageBytes,
  }),
});

/** Every kind of pod of a cluster, in the order of a roll: what keeps the metadata first, for the brokers need it. */
export const components = {
  zookeeper: {
    noun: 'ZooKeeper server',
    system: 'ZooKeeper',
    step: 'zookeeper',
    label: 'zookeeper',
    hasFeatures: false,
    ...quorumRow('zookeeper'),
  },
  controller: {
    noun: 'controller',
    system: 'KRaft',
    step: 'controllers',
    label: 'controller',
    hasFeatures: true,
    ...quorumRow('controllers'),
  },
  kafka: {
    noun: 'broker',
    system: 'Kafka',
    step: 'brokers',
    label: 'broker',
    fields: { pods: 'brokers', memory: 'resources.memory' },
    hasFeatures: false,
    restartMs: 20_000,
    perNode: ({ placement }) => placement.brokersPerNode,
    wanted: ({ brokers: pods, resources: { memoryBytes }, storage, sizing }) => ({
      pods,
      memoryBytes,
      heapBytes: sizing.heapBytes,
      storageBytes: storage.sizeBytes,
    }),
  },
} as const satisfies Record<string, ComponentRow>;

export type Component = keyof typeof components;

/** A component that keeps Kafka's metadata. */
export type QuorumComponent = Exclude<Component, 'kafka'>;

/** Of any cluster, in the order of a roll. */
export const allComponents = Object.keys(components) as Component[];

/** All that can keep Kafka's metadata, in the order of a roll. */
export const quorumComponents = allComponents.filter((component) => component !== 'kafka');

/** A value for each component, whether this cluster has it or not. */
export function byComponent<T>(valueOf: (component: Component) => T): Record<Component, T> {
  const values = allComponents.map((component) => [component, valueOf(component)] as const);
  return Object.fromEntries(values) as Record<Component, T>;
}

/** Of this cluster, in the order of a roll. */
export function componentsOf(spec: Pick<Spec, 'mode'>): Component[] {
  return [...quorumComponentsOf(spec), 'kafka'];
}

/** What keeps this cluster's metadata: both, in the middle of a migration. */
export function quorumComponentsOf({ mode }: Pick<Spec, 'mode'>): QuorumComponent[] {
  return quorumsIn(mode).map((section) => bySection[section]);
}

/** Of what keeps this cluster's metadata that which the brokers go by. */
export function quorumComponentOf({ mode }: Pick<Spec, 'mode'>): QuorumComponent {
  return bySection[brokersQuorum(mode)];
}

/** In the middle of a migration that which they do not, undefined else. */
export function otherQuorumComponentOf({ mode }: Pick<Spec, 'mode'>): QuorumComponent | undefined {
  const other = otherQuorum(mode);
  return other && bySection[other];
}

/** By their section of the cluster file. */
const bySection = {
  zookeeper: 'zookeeper',
  controllers: 'controller',
} as const satisfies Record<QuorumSection, QuorumComponent>;

/** Those of a list that belong to one component. */
export function ofComponent<T extends { component: Component }>(
  members: readonly T[],
  component: Component,
): T[] {
  return members.filter((member) => member.component === component);
}
