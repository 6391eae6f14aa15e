import type { QuorumSection } from '../mode/quorums.ts';

/** Everything computed from the cluster file. Bytes, bytes per second, seconds; CPU in cores. */
export type Sizing = {
  /** Broker JVM, inside the container's memory limit. */
  heapBytes: number;
  directMemoryBytes: number;
  metaspaceBytes: number;
  /** What is left of the container's memory for the page cache, the JVM's own needs taken off. */
  pageCacheBytes: number;
  /** Of the JVM of each kind of server that keeps the metadata. */
  quorumHeapBytes: Readonly<Record<QuorumSection, number>>;
  threads: { network: number; io: number; replicaFetchers: number; recoveryPerDataDir: number };
  /** log.segment.bytes */
  segmentBytes: number;
  /** log.retention.bytes: per partition, and the same on each broker that holds a replica. */
  retentionBytesPerPartition: number;
  /** How long a record is kept at the full ingest rate: the longest that a consumer may be away. */
  retentionSeconds: number;
  /** The fullest that a broker's volume becomes. */
  peakDiskBytes: number;
  /** Replicas of the file's topics on the fullest broker. */
  replicasPerBroker: number;
  /** Per broker at the full ingest rate: with all brokers, and with as many lost as the tolerance allows. */
  load: { healthy: Load; degraded: Load };
  /** Time until a broker is in sync again, at the full ingest rate. */
  catchUp: { afterRestartSeconds: number; afterLostDiskSeconds: number };
};

/** What one broker does. */
export type Load = {
  diskWriteBytesPerSecond: number;
  networkInBytesPerSecond: number;
  networkOutBytesPerSecond: number;
  cpuCores: number;
};
