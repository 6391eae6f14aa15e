import type { UnsizedSpec } from '../spec-of.ts';
import type { Load, Sizing } from './sizing.ts';

/**
 * Broker CPU-seconds, all brokers together, for each GB that producers send at replication factor 5: 1 kB records in
 * 1 MB batches, acks=all. Measured with Kafka 3.9.2 and 4.4.0: 17.2 to 20.4. `kafka-ha bench` measures it on the cluster at hand.
 */
export const CPU_SECONDS_PER_GB = 20;
const MEASURED_AT_FACTOR = 5;
const GB = 1e9;

/** What one broker does at the full ingest rate, with all brokers or with `lost` of them gone. */
export function expectedLoad(spec: UnsizedSpec, lost = 0): Load {
  const { brokers, replication, ingest } = spec;
  const sent = ingest.bytesPerSecond / ingest.compression;
  const replicas = replication.factor / brokers; // of all partitions, on each broker
  const led = 1 / (brokers - lost);
  const followersPerPartition = replicas * (brokers - lost) - 1;
  return {
    diskWriteBytesPerSecond: sent * replicas,
    networkInBytesPerSecond: sent * replicas,
    networkOutBytesPerSecond: sent * led * (followersPerPartition + ingest.consumerGroups),
    cpuCores: (sent * replicas * cpuSecondsPerWrittenGb()) / GB,
  };
}

/**
 * Time until a broker is in sync again: what it missed (or lost), at what is left of its volume and CPU beside the
 * inflow. A restart is taken as 30 s.
 */
export function catchUp(spec: UnsizedSpec, diskBytes: number): Sizing['catchUp'] {
  const inflow = expectedLoad(spec).diskWriteBytesPerSecond;
  const byCpu = ((spec.resources.cpuMillis / 1000) * GB) / cpuSecondsPerWrittenGb();
  const spare = Math.max(0, Math.min(spec.storage.bytesPerSecond, byCpu) - inflow);
  return { afterRestartSeconds: (30 * inflow) / spare, afterLostDiskSeconds: diskBytes / spare };
}

/** Per GB written to one broker's log: the measured figure counts each GB at all five replicas. */
function cpuSecondsPerWrittenGb(): number {
  return CPU_SECONDS_PER_GB / MEASURED_AT_FACTOR;
}
