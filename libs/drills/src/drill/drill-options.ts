import type { NodeFaults } from '@kafka-ha/local-cluster';
import type { Actor } from '@kafka-ha/cluster';
import type { TopicOptions } from './drill-topic.ts';
import type { FaultName } from './faults/fault.ts';
import type { DrillOutcome } from '@kafka-ha/history';
import type { DrillLoad } from './workload/workload-objects.ts';

/** One drill to make. */
export type PlannedDrill = {
  fault: FaultName;
  /** Which of several equal victims it takes, e.g. which pair of brokers: see `Scene`. */
  turn: number;
};

export type DrillOptions = {
  drills: readonly PlannedDrill[];
  load: DrillLoad;
  /** Bytes per second that a second producer writes beside the load. */
  throughput?: number;
  /** The program of the load, for Node. */
  bundle: string;
  /** The classes for Java's client, in base64; with them a JVM runs beside the load. */
  jar?: string;
  /** Where whole nodes may be broken. */
  nodes?: NodeFaults;
  /** How long a fault lasts that does not end by itself. */
  durationMs: number;
  /** What the written topic is like, where it is not to be what the cluster file promises. */
  topic?: TopicOptions;
  /** Awaited after each drill, before the next. */
  onOutcome: (outcome: DrillOutcome) => Promise<void>;
  actor: Actor;
};
