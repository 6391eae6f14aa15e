/**
 * What a history is about: the first line that the workload writes. Times in a history are whole milliseconds since
 * the run's start on the workload's own monotonic clock; `startedAt` is that start in milliseconds since 1970.
 */
export type Run = {
  version: 1;
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
};

/**
 * When a write was meant to happen, whatever became of those before it (open loop). Partitions take turns within one
 * interval, so that the load has no bursts.
 */
export function intendedMs(
  run: Pick<Run, 'partitions' | 'ratePerSecond'>,
  partition: number,
  seq: number,
): number {
  return Math.round((seq + partition / run.partitions) * (1000 / run.ratePerSecond));
}
