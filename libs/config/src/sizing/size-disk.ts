import {
  INTERNAL_TOPIC_PARTITIONS,
  INTERNAL_TOPIC_SEGMENT_BYTES,
  LOG_RETENTION_CHECK_INTERVAL_MS,
  LOG_SEGMENT_DELETE_DELAY_MS,
} from '../broker-constants.ts';
import type { UnsizedSpec } from '../spec-of.ts';
import { GIB, MIB } from '../units/bytes.ts';

export type DiskSizing = {
  segmentBytes: number;
  retentionBytesPerPartition: number;
  retentionSeconds: number;
  peakDiskBytes: number;
  replicasPerBroker: number;
};

/** Shares of the volume: what may be filled, and what of that the segments being written may take. */
const FILL = 0.85;
const SEGMENT_SHARE = 0.1;
const MAX_SEGMENT = 128 * MIB;
/** Kafka's default for message.max.bytes. A segment must hold the largest batch. */
const DEFAULT_MESSAGE_MAX_BYTES = 1_048_588;
export const MIN_RETENTION_SECONDS = 60;

/**
 * Retention and segments, so that the volume of a broker is never fuller than 85 %:
 *
 *     replicas × (retention + segment) + inflow × (check interval + delete delay) + internal topics
 *
 * which is Kafka's worst case: a segment is deleted only once all the rest is larger than the retention, the check runs
 * at intervals, and the file goes after a delay. Undefined where less than a minute at the full rate would be kept.
 */
export function sizeDisk(spec: UnsizedSpec, volumeBytes = spec.storage.sizeBytes): DiskSizing | undefined {
  const inflow = inflowPerBroker(spec);
  const share = spec.replication.factor / spec.brokers;
  const replicasPerBroker = Math.ceil(partitionsOf(spec) * share);
  const lag = (inflow * (LOG_RETENTION_CHECK_INTERVAL_MS + LOG_SEGMENT_DELETE_DELAY_MS)) / 1000;
  const { offsets, transactions } = INTERNAL_TOPIC_PARTITIONS;
  // Compacted: the segment being written, and as much again that is compacted already.
  const internal = Math.ceil((offsets + transactions) * share) * 2 * INTERNAL_TOPIC_SEGMENT_BYTES;
  const budget = volumeBytes * FILL - lag - internal;
  const segmentBytes = segmentFor((budget * SEGMENT_SHARE) / replicasPerBroker, spec);
  const retentionBytesPerPartition = Math.floor(budget / replicasPerBroker - segmentBytes);
  const retentionSeconds = (replicasPerBroker * retentionBytesPerPartition) / inflow;
  if (retentionSeconds < MIN_RETENTION_SECONDS || retentionBytesPerPartition < segmentBytes) return undefined;
  const peakDiskBytes = replicasPerBroker * (retentionBytesPerPartition + segmentBytes) + lag + internal;
  return { segmentBytes, retentionBytesPerPartition, retentionSeconds, peakDiskBytes, replicasPerBroker };
}

/** The smallest volume, in whole GiB, that would do. */
export function leastVolume(spec: UnsizedSpec): number {
  let volume = Math.ceil((inflowPerBroker(spec) * MIN_RETENTION_SECONDS) / GIB) * GIB;
  while (sizeDisk(spec, volume) === undefined) volume += GIB;
  return volume;
}

/** Bytes per second that each broker writes to its volume at the full ingest rate. */
export function inflowPerBroker({ ingest, replication, brokers }: UnsizedSpec): number {
  return ((ingest.bytesPerSecond / ingest.compression) * replication.factor) / brokers;
}

/** Partitions of the file's topics. Where none is listed: as many as make every ordered pair of brokers lead and follow once. */
function partitionsOf({ topics, brokers }: UnsizedSpec): number {
  const listed = topics.reduce((sum, { partitions }) => sum + partitions, 0);
  return listed > 0 ? listed : brokers * (brokers - 1);
}

/** The largest power of two that is allowed, large enough for one batch. */
function segmentFor(allowed: number, { kafkaConfig }: UnsizedSpec): number {
  const least = Number(kafkaConfig['message.max.bytes'] ?? DEFAULT_MESSAGE_MAX_BYTES);
  let segment = MAX_SEGMENT;
  while (segment > allowed && segment / 2 >= least) segment /= 2;
  return segment;
}
