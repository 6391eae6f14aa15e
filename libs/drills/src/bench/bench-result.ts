import type { Component } from '@kafka-ha/manifests';

/** What a bench measured. Bytes are of application data where nothing else is said; a GB is 10⁹ of them. */
export type BenchResult = {
  topic: string;
  partitions: number;
  replicationFactor: number;
  recordBytes: number;
  /** Acknowledged by every in-sync replica, without the warm-up. */
  records: number;
  /** Sent and not acknowledged, after all the client's retries. */
  failedRecords: number;
  durationMs: number;
  recordsPerSecond: number;
  bytesPerSecond: number;
  /** From `send` to the acknowledgement, mostly spent in the client's queue: it sends as fast as it can. */
  latency: Latency;
  /** How fast it was before the measuring, while the brokers' code was being compiled. */
  warmUp: { durationMs: number; bytesPerSecond: number };
  brokerCpu: { seconds: number; secondsPerGb: number };
  /** The highest figure of any broker, kind by kind. */
  worstBroker: MemoryPeaks;
  /** Brokers first, then the servers of the quorum. */
  pods: readonly PodUsage[];
};

/** Milliseconds. The percentiles are null where the run was cut short: the client tells them at its end. */
export type Latency = {
  average: number;
  max: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
};

export type PodUsage = {
  pod: string;
  component: Component;
  /** The container's memory limit. */
  limitBytes: number;
  peaks: MemoryPeaks;
  /** While it was measured, without the warm-up. */
  cpuSeconds: number;
  restarts: number;
  oomKills: number;
};

/** The highest of all samples of a pod, each kind by itself: they need not have been at the same moment. */
export type MemoryPeaks = {
  /** The resident part of the Java heap. */
  heapBytes: number;
  /** The process's other memory: direct buffers, class data, compiled code, stacks. */
  outsideHeapBytes: number;
  /** Gives way when memory is short. */
  pageCacheBytes: number;
  /** The kernel's own, on the container's account: socket buffers, page tables. */
  kernelBytes: number;
  /** All of them together, by the kernel's own mark where it keeps one: then since the container's start. */
  totalBytes: number;
};
