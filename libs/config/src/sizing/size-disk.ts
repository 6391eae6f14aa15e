import {
  INTERNAL_TOPIC_PARTITIONS,
  INTERNAL_TOPIC_SEGMENT_BYTES,
  LOG_RETENTION_CHECK_INTERVAL_MS,
  LOG_SEGMENT_DELETE_DELAY_MS,
} from '../broker-constants.ts';
import type { TopicSpec } from '../spec.ts';
import type { UnsizedSpec } from '../spec-of.ts';
import { GIB, MIB } from '../units/bytes.ts';
import type { Sizing } from './sizing.ts';

type DiskSizing = Pick<
  Sizing,
  'segmentBytes' | 'retentionBytesPerPartition' | 'retentionSeconds' | 'peakDiskBytes' | 'replicasPerBroker'
>;

/** The share of a volume that may be filled. */
export const VOLUME_FILL = 0.85;
/** The share of that which segments being written may take: they cannot be deleted. */
const SEGMENT_SHARE = 0.1;
const MAX_SEGMENT = 128 * MIB;
const MIN_SEGMENT = MIB;
/** message.max.bytes where the file sets none. A segment must hold the largest batch. */
const DEFAULT_MESSAGE_MAX_BYTES = 1_048_588;
/** Less than this at the full rate, and a consumer that restarts misses records. */
export const MIN_RETENTION_SECONDS = 60;

/**
 * Retention and segments, so that a broker's volume is never fuller than 85 %:
 *
 *     replicas × (retention + segment) + inflow × (check interval + delete delay) + internal topics
 *
 * is Kafka's worst case: a segment is deleted only once the rest is larger than the retention, the check runs at
 * intervals, and the file goes after a delay. A topic with `retention.bytes` of its own is taken at its word, the others
 * share what is left. Undefined where that keeps less than a minute at the full rate.
 */
export function sizeDisk(spec: UnsizedSpec, volumeBytes = spec.storage.sizeBytes): DiskSizing | undefined {
  const inflow = inflowPerBroker(spec);
  const own = spec.topics.filter(hasOwnRetention);
  const shared = spec.topics.filter((topic) => !hasOwnRetention(topic));
  const sharing = replicasOf(spec, spec.topics.length === 0 ? assumedPartitions(spec) : partitionsOf(shared));
  const replicasPerBroker = sharing + replicasOf(spec, partitionsOf(own));
  const fixed = lagBytes(inflow) + internalBytes(spec);
  const segmentBytes = segmentFor(
    ((volumeBytes * VOLUME_FILL - fixed) * SEGMENT_SHARE) / replicasPerBroker,
    spec,
  );
  const ownRetention = own.reduce(
    (sum, topic) => sum + replicasOf(spec, topic.partitions) * Number(topic.config['retention.bytes']),
    0,
  );
  const left = volumeBytes * VOLUME_FILL - fixed - replicasPerBroker * segmentBytes - ownRetention;
  // Where every topic has its own retention, the default counts for none of them.
  const retentionBytesPerPartition = Math.floor(left / (sharing || assumedPartitions(spec)));
  const retentionSeconds = (sharing * retentionBytesPerPartition || ownRetention) / inflow;
  const tooLittle = sharing > 0 && retentionSeconds < MIN_RETENTION_SECONDS;
  if (tooLittle || retentionBytesPerPartition < segmentBytes) return undefined;
  const peakDiskBytes =
    fixed + replicasPerBroker * segmentBytes + ownRetention + sharing * retentionBytesPerPartition;
  return { segmentBytes, retentionBytesPerPartition, retentionSeconds, peakDiskBytes, replicasPerBroker };
}

/** Larger than the volumes of the large clouds: what needs one such needs more brokers. */
const MOST_VOLUME_GIB = 64 * 1024;

/** The spec with volumes that keep records as long as its file asks for; as it is where the file does not, or none would. */
export function withWishedVolume<T extends UnsizedSpec>(spec: T): T {
  const { retentionSeconds, sizeBytes } = spec.storage;
  const least = retentionSeconds === null ? undefined : leastVolume(spec, retentionSeconds);
  if (least === undefined || least <= sizeBytes) return spec;
  return { ...spec, storage: { ...spec.storage, sizeBytes: least } };
}

/**
 * A volume, in whole GiB, that keeps records for so long at the full rate where one GiB less would not; undefined where none up
 * to 64 TiB does, as where every topic has a `retention.bytes` of its own.
 */
export function leastVolume(spec: UnsizedSpec, seconds = MIN_RETENTION_SECONDS): number | undefined {
  const fits = (gib: number) => {
    const disk = sizeDisk(spec, gib * GIB);
    return disk !== undefined && (seconds <= MIN_RETENTION_SECONDS || disk.retentionSeconds >= seconds);
  };
  let high = 1;
  while (!fits(high)) {
    if (high >= MOST_VOLUME_GIB) return undefined;
    high *= 2;
  }
  let low = high / 2;
  for (let middle = Math.floor((low + high) / 2); middle > low && middle < high;) {
    if (fits(middle)) high = middle;
    else low = middle;
    middle = Math.floor((low + high) / 2);
  }
  return high * GIB;
}

/** Bytes per second that each broker writes to its volume at the full ingest rate. */
export function inflowPerBroker({ ingest, replication, brokers }: UnsizedSpec): number {
  return ((ingest.bytesPerSecond / ingest.compression) * replication.factor) / brokers;
}

/** Where the file lists no topic: as many as let every ordered pair of brokers lead and follow once. */
export function assumedPartitions({ brokers }: UnsizedSpec): number {
  return brokers * (brokers - 1);
}

function replicasOf({ replication, brokers }: UnsizedSpec, partitions: number): number {
  return Math.ceil((partitions * replication.factor) / brokers);
}

function partitionsOf(topics: readonly TopicSpec[]): number {
  return topics.reduce((sum, { partitions }) => sum + partitions, 0);
}

function hasOwnRetention({ config }: TopicSpec): boolean {
  return config['retention.bytes'] !== undefined;
}

/** What arrives between the moment when a segment may go and the moment when it is gone. */
function lagBytes(inflow: number): number {
  return (inflow * (LOG_RETENTION_CHECK_INTERVAL_MS + LOG_SEGMENT_DELETE_DELAY_MS)) / 1000;
}

/** The internal topics are compacted: the segment being written, and as much again that is compacted already. */
function internalBytes(spec: UnsizedSpec): number {
  const { offsets, transactions } = INTERNAL_TOPIC_PARTITIONS;
  return replicasOf(spec, offsets + transactions) * 2 * INTERNAL_TOPIC_SEGMENT_BYTES;
}

/** The largest power of two within the allowed size that still holds one batch. */
function segmentFor(allowed: number, { kafkaConfig, topics }: UnsizedSpec): number {
  const batches = topics.map(({ config }) => Number(config['max.message.bytes'] ?? 0));
  const byDefault = Number(kafkaConfig['message.max.bytes'] ?? DEFAULT_MESSAGE_MAX_BYTES);
  const largest = Math.max(MIN_SEGMENT, byDefault, ...batches);
  let segment = MAX_SEGMENT;
  while (segment > allowed && segment / 2 >= largest) segment /= 2;
  return segment;
}
