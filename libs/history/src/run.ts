/** Whose code a load drives: its own, which is timed to the millisecond, or that of a library that applications use. */
export const clientNames = ['own', 'kafkajs', 'java'] as const;
export type ClientName = (typeof clientNames)[number];

/**
 * What a history is about: the first line that the workload writes. Times in a history are whole milliseconds since
 * the run's start on the workload's own monotonic clock; `startedAt` is that start in milliseconds since 1970.
 */
export type Run = {
  /** In 1, partitions took turns within one interval. */
  version: 1 | 2;
  id: string;
  startedAt: number;
  topic: string;
  partitions: number;
  /** Writes per second and partition. */
  ratePerSecond: number;
  recordBytes: number;
  /** True where the brokers drop the second copy of a retried write: then a duplicate is an anomaly. */
  idempotent: boolean;
  /** Per partition, the offset from which this run's records are read. */
  startOffsets: readonly number[];
  /** Whose code wrote, and read as a group; left out: the load's own. */
  client?: ClientName;
  /** How many consumers read as a group beside; left out: none. */
  consumers?: number;
};

/**
 * When a write was meant to happen, whatever became of those before it (open loop). All partitions at once, so that those
 * of one leader share a request, as those of Java's producer do.
 */
export function intendedMs(
  run: Pick<Run, 'version' | 'partitions' | 'ratePerSecond'>,
  partition: number,
  seq: number,
): number {
  const turn = run.version === 1 ? partition / run.partitions : 0;
  return Math.round((seq + turn) * (1000 / run.ratePerSecond));
}
