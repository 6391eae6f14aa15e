import type { FencedCluster } from '@kafka-ha/cluster';
import type { NodeFaults } from '@kafka-ha/local-cluster';
import type { FaultScene } from '@kafka-ha/planning';
import type { PodState } from '@kafka-ha/health';
import type { Victim } from '@kafka-ha/history';

const common = [
  'stop-broker',
  'kill-broker',
  'stop-controller',
  'kill-controller',
  'kill-zookeeper-leader',
  'kill-two-brokers',
] as const;

/** Of clusters of any kind; each has those of its own. */
export const faultNames = [
  ...common,
  'kill-broker-and-controller',
  'lose-zookeeper-quorum',
  'lose-controller-quorum',
  'pause-broker',
  'crash-node',
  'crash-zone',
  'cut-node',
  'cut-peers',
  'cut-controllers',
  'fill-disk',
  'slow-network',
  'slow-disk',
  'drain-two-nodes',
] as const;

export type FaultName = (typeof faultNames)[number];

/** What a pull request is held to, as far as the cluster has it: each way in which a single part fails, and one pair. */
export const commonFaults: readonly FaultName[] = common;

/** One way to break a cluster: whom it hits, and how. */
export type Fault = {
  /** What is done, as a sentence without its full stop. */
  title: string;
  /** Held to the file's `plannedInterruption`, else to its `interruption`. */
  planned: boolean;
  /** Brokers that it takes away at once: no more than the tolerance of the file. */
  brokersAway: number;
  /** Breaks whole nodes, which only a cluster made for it lets happen. */
  breaksNodes: boolean;
  /** Cordons nodes, which other clusters may share: made only where it is named, or where the nodes are the drill's own. */
  cordonsNodes?: boolean;
  /** Its victims are hit one after the other, and are not meant to be away at once. */
  inTurn?: boolean;
  /** A broker that it hits loses its registration once its session is over: where it does not, the fault was not made. */
  endsSession?: boolean;
  /** Chosen at the last moment, from what the cluster is then. */
  choose: (scene: FaultScene) => Victim[];
  /** Resolves when it is done. */
  strike: (victims: readonly Victim[], hands: Hands) => Promise<void>;
  /** Looks at what it is meant to break while it lasts, and tells where that is not broken. Resolves when it is to end. */
  meanwhile?: (victims: readonly Victim[], hands: Hands) => Promise<void>;
  /** Undoes what would not pass by itself. A fault without it is over once made. */
  end?: (victims: readonly Victim[], hands: Hands) => Promise<void>;
  /** Undoes what a run that was killed may have left of it, whomever that hit. */
  undo?: (traces: Traces) => Promise<void>;
};

/** Where an earlier drill, whose end nobody saw, may have left something broken. */
export type Traces = {
  cluster: FencedCluster;
  pods: readonly PodState[];
  nodes: NodeFaults | undefined;
};

/** When several victims are hit, so that it is at once. */
export type StrikeMoment = {
  /** Of the cluster's clock, since 1970. */
  atSecond: number;
  /** Told what makes the fault another than its title says. */
  doubt: (reason: string) => void;
};

/** What a fault is made with. */
export type Hands = {
  cluster: FencedCluster;
  /** How long a fault lasts that is ended by `end`. */
  durationMs: number;
  nodes: NodeFaults | undefined;
  /** Left out where there is one victim, which need not wait. */
  moment?: StrikeMoment | undefined;
  /** Told what makes the fault another than its title says: then there is no verdict on it. */
  doubt?: (reason: string) => void;
  /** Told what the cluster let happen that it must not: the drill has failed then. */
  breach?: (reason: string) => void;
};
