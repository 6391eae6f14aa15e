/** What a cluster was seen to do. What could not be measured is left out. */
export type Usage = {
  /** Bytes per second that producers write, as they are in the log: compressed. */
  writtenBytesPerSecond?: number;
  /** Of the fullest volume. */
  usedBytes: number;
  /** On the broker that holds most. */
  replicas?: number;
  /** Of the busiest broker, on average over the measurement. */
  cpuCores?: number;
  /** What a broker's JVM held outside its heap: of the one that held most. */
  outsideHeapBytes?: number;
  /** Names of brokers' pods whose container was killed for memory. */
  killedForMemory: readonly string[];
  /** Consumer groups that have come near what is kept, for each topic the partition that is worst. */
  nearRetention: readonly NearRetention[];
  /** What the largest node for brokers offers to pods; left out where nodes may not be looked at. */
  largestNode?: NodeRoom;
};

export type NodeRoom = { cpuMillis: number; memoryBytes: number };

export type NearRetention = {
  group: string;
  topic: string;
  /** Of what is kept of the partition, the share that it has yet to read; above 1 records are gone that it has not read. */
  usedShare: number;
  /** How old the next record is that it would read; null where nobody can tell. */
  lagSeconds: number | null;
  /** Whether it has read on during the measurement. */
  reads: boolean;
  /** What ends a record's time there: the sizes of the file, a smaller `retention.bytes` of the topic, or a time. */
  keptBy: 'file' | 'topic' | 'time';
};
