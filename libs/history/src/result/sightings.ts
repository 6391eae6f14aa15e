import type { PodState } from '@kafka-ha/health';

/** What was seen of the cluster during a drill, in the order of its time. Times are milliseconds since 1970 by the cluster's clock. */
export type Sightings = {
  /** The pods whenever they were looked at. */
  pods: { epochMs: number; pods: readonly PodState[] }[];
  /** A broker's registration came or went; the first ones say what was there from the start. */
  registrations: { epochMs: number; brokerId: number; isThere: boolean }[];
  /** A partition's state was written; the first of each says what it was from the start. */
  partitions: PartitionSighting[];
};

export type PartitionSighting = {
  /** By the clock of the quorum's leader. */
  epochMs: number;
  partition: number;
  /** Null: none. */
  leader: number | null;
  isr: readonly number[];
};
