/** Everything computed from the cluster file. Bytes, bytes per second, seconds. */
export type Sizing = {
  /** Broker JVM, inside the container's memory limit. */
  heapBytes: number;
  directMemoryBytes: number;
  metaspaceBytes: number;
  /** ZooKeeper JVM. */
  zookeeperHeapBytes: number;
  threads: { network: number; io: number; replicaFetchers: number; recoveryPerDataDir: number };
  /** log.segment.bytes */
  segmentBytes: number;
  /** log.retention.bytes: per partition, and the same on each broker that holds a replica. */
  retentionBytesPerPartition: number;
};
