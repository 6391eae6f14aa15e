import type { QuorumComponent } from '@kafka-ha/manifests';
import type { PodState, TopicState, QuorumServer } from '@kafka-ha/health';

/** One reading of all that the order of a roll depends on. */
export type RollScene = {
  pods: readonly PodState[];
  /** The names of the pods that are to be replaced. */
  due: ReadonlySet<string>;
  controllerId: number | null;
  quorum: readonly QuorumServer[];
};

/** One reading of what a broker's restart depends on. */
export type BrokerScene = Omit<RollScene, 'quorum'> & {
  /** How many brokers there should be: 0 to `brokers` − 1. */
  brokers: number;
  /** Those that Kafka takes for alive. */
  registered: readonly number[];
  topics: readonly TopicState[];
  /** Names of topics that need not be available while a broker restarts, as their file says. */
  mayPause?: ReadonlySet<string>;
} & Stranded;

/** One reading of what the restart of a server that keeps the metadata depends on. */
export type QuorumScene = Pick<RollScene, 'pods' | 'due' | 'quorum'> & {
  component: QuorumComponent;
  /** How many there are, which may be another number than the file's. */
  servers: number;
} & Stranded;

type Stranded = {
  /** By pod why no node would take it again. */
  stranded?: ReadonlyMap<string, string>;
};

/** What a roll is to do now. */
export type RollDecision =
  | { kind: 'done' }
  /** Nothing depends on this pod now: it can be replaced. */
  | { kind: 'take'; step: RollStep }
  /** This pod is the next, and what `reasons` say goes by by itself. */
  | { kind: 'wait'; step: RollStep; reasons: readonly string[] }
  /** This pod is the next, and no waiting makes it spare. */
  | { kind: 'refuse'; step: RollStep; reasons: readonly string[] };

export type RollStep = { pod: PodState; why: RollReason };

/** Why a pod has its place in the order. */
export type RollReason = 'stuck' | 'not-ready' | 'follower' | 'leader' | 'broker' | 'controller';
