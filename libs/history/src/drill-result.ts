import type { Component } from '@kafka-ha/manifests';
import type { Consumers } from './consumers.ts';
import type { DrilledVersions } from './drilled-versions.ts';
import type { DrillVerdict } from './verdict.ts';
import type { Interruptions } from './interruptions.ts';
import type { RecordCounts } from './check.ts';

/**
 * Everything that one drill has to say, as plain data: the terminal, the job summary and the page are drawn from it, and
 * it is the JSON for machines. Times are milliseconds of the run unless their name says otherwise.
 */
export type DrillResult = {
  version: 1;
  /** e.g. `kill-broker` */
  fault: string;
  /** What was done, as a sentence: "SIGKILL to the JVM of the broker that leads most". */
  title: string;
  /** A planned stop is held to the file's `plannedInterruption`, a fault to its `interruption`. */
  planned: boolean;
  /** The fault was made, and as its title says. Else the drill counts for nothing but for what it lost. */
  faultMade: boolean;
  /** Pods or nodes, e.g. `events-kafka-2`. */
  victims: readonly string[];
  cluster: {
    name: string;
    namespace: string;
    brokers: number;
    tolerance: number;
    minInSync: number;
    versions: DrilledVersions;
  };
  /** When the run started and how long it wrote, or null where the workload said nothing. */
  run: {
    id: string;
    startedAtEpochMs: number;
    toMs: number;
    partitions: number;
    ratePerSecond: number;
  } | null;
  /** What a second producer wrote beside the load, where the drill had one and could read that. */
  throughput?: Throughput;
  phases: Phases;
  /** One for each pod of the cluster, in order. */
  lifelines: readonly Lifeline[];
  /** The smallest in-sync set of any partition, at each change of it. */
  minIsr: readonly { ms: number; size: number }[];
  strips: Strips;
  counts: RecordCounts | null;
  interruptions: Interruptions | null;
  /** What the group of consumers felt that reads beside the writer; null where there was none. */
  consumers: Consumers | null;
  verdict: DrillVerdict;
};

/** What was to be written beside the load that is checked, what was on the average of the drill, and what was refused for good. */
export type Throughput = {
  bytesPerSecond: number;
  reachedBytesPerSecond: number;
  failedRecords: number;
};

/** Where the time went. Null: did not happen, was not seen, or does not apply to this fault. */
export type Phases = {
  /** When the fault was made, and when what makes it was ended (a link mended, a process continued). */
  faultMs: number | null;
  endedMs: number | null;
  /** The victim's registration was gone. */
  detectedMs: number | null;
  /** The last partition state of the failover was written. */
  electedMs: number | null;
  /** Every partition had been acknowledged again. */
  acknowledgedMs: number | null;
  /** Full in-sync sets everywhere. */
  inSyncMs: number | null;
  /** Every pod ready again. */
  readyMs: number | null;
  /** Of the victims' containers. */
  restarts: number;
};

export type Lifeline = {
  name: string;
  component: Component;
  spans: readonly { fromMs: number; toMs: number; state: 'ready' | 'not-ready' | 'gone' }[];
};

/** What each partition felt, in steps of equal length. */
export type Strips = {
  stepMs: number;
  partitions: readonly {
    partition: number;
    /** Per step: the worst latency of the writes acknowledged in it; null where none was. */
    worstLatencyMs: readonly (number | null)[];
    acknowledged: readonly number[];
  }[];
};
