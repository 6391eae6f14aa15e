import type { Reading, State } from '@kafka-ha/health';

/** One reading of a cluster as it is seen from inside, without Kubernetes. Times are milliseconds since 1970. */
export type ClusterReading = {
  beganAtMs: number;
  readAtMs: number;
  /** Pods and StatefulSets are not looked at, and consumers follow from the rest. */
  state: Omit<State, 'pods' | 'statefulSets' | 'zones' | 'consumers'>;
  /** By topic and partition; one whose leader does not tell is left out. */
  logs: LogsOf;
  written: WrittenLately;
  /** What each broker has on its disks; one that does not tell is left out. */
  logBytes: readonly BrokerLogBytes[];
  /** By topic; one that is not here has none that is known. */
  retention: ReadonlyMap<string, RetentionLimits>;
  groups: Reading<readonly CommittedOffset[]>;
  /** How many more offsets groups have committed, which are left out since they are too many. */
  omittedOffsets: number;
};

export type LogsOf = ReadonlyMap<string, ReadonlyMap<number, PartitionLog>>;

export type PartitionLog = {
  /** Offset of the oldest record that is kept. Above 0 some have been deleted. */
  start: number;
  /** Offset of the next record that is written. */
  end: number;
  /** When the oldest record was written, as it says itself; null where there is none, or it does not tell. */
  oldestAtMs: number | null;
  /** On its leader's disk; null where that does not tell. */
  bytes: number | null;
};

/** Records that a topic was lately seen to grow by, and the bytes that they took on the disks of leaders. By topic; older ones count less. */
export type WrittenLately = ReadonlyMap<string, Written>;

export type Written = { records: number; bytes: number };

export type BrokerLogBytes = { brokerId: number; topic: string; bytes: number };

/** When Kafka deletes the oldest records of a partition, whatever comes first; null: not for that reason. */
export type RetentionLimits = { bytes: number | null; ms: number | null };

/** The next record of a partition that a group would read. */
export type CommittedOffset = { group: string; topic: string; partition: number; offset: number };
