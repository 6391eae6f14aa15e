import {
  formatBytes,
  LOG_RETENTION_CHECK_INTERVAL_MS,
  LOG_SEGMENT_DELETE_DELAY_MS,
  type Spec,
} from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/base';
import type { BrokerDisk } from '@kafka-ha/health';
import type { NewTopic } from '@kafka-ha/kafka';
import { balancedAssignment } from '@kafka-ha/planning';
import { ordinals } from '@kafka-ha/manifests';

export const benchTopic = '__kafka_ha_bench';
/** The same in every cluster, so that figures compare. On five brokers each ordered pair leads and follows once. */
export const benchPartitions = 20;

const mebibyte = 1024 * 1024;
const segmentBytes = 16 * mebibyte;
/** More would only fill disks: what is measured is writing. */
const mostPerReplica = 96 * mebibyte;
/** So much of what is free may be taken; others write too. */
const share = 0.8;
/** What is left behind if the tool dies goes by itself. */
const retentionMs = 15 * 60_000;

/** The topic that a bench writes to, kept so short that it fits what is free on the fullest broker now. */
export function newBenchTopic(spec: Spec, disks: readonly BrokerDisk[]): NewTopic {
  const { factor } = spec.replication;
  return {
    name: benchTopic,
    config: {
      'retention.bytes': String(bytesPerReplica(spec, disks) - segmentBytes),
      'segment.bytes': String(segmentBytes),
      'retention.ms': String(retentionMs),
      'max.message.bytes': String(1_048_588),
    },
    assignment: balancedAssignment({
      brokers: ordinals(spec.brokers),
      partitions: benchPartitions,
      replicationFactor: factor,
    }),
  };
}

/** @throws KafkaHaError `unhealthy` where the disks have no room, or one could not be read. */
function bytesPerReplica(spec: Spec, disks: readonly BrokerDisk[]): number {
  const replicas = Math.ceil((benchPartitions * spec.replication.factor) / spec.brokers);
  // What is written between the moment when a segment may go and the moment when it is gone.
  const lagMs = LOG_RETENTION_CHECK_INTERVAL_MS + LOG_SEGMENT_DELETE_DELAY_MS;
  const lagBytes = (spec.storage.bytesPerSecond * lagMs) / 1000;
  const left = Math.floor((leastFree(disks) * share - lagBytes) / replicas);
  if (left < 2 * segmentBytes) {
    const needed = (lagBytes + replicas * 2 * segmentBytes) / share;
    throw new KafkaHaError(
      'unhealthy',
      `a bench needs ${formatBytes(needed)} free on every broker; the fullest has ${formatBytes(leastFree(disks))}`,
      {
        hint: 'Enlarge the volumes. If a bench has just ended, wait half a minute until its records are deleted.',
      },
    );
  }
  return Math.min(left, mostPerReplica);
}

function leastFree(disks: readonly BrokerDisk[]): number {
  return Math.min(
    ...disks.map(({ brokerId, usage }) => {
      if (usage.kind === 'unreadable')
        throw new KafkaHaError('unhealthy', `the disk of broker ${brokerId} cannot be read: ${usage.reason}`);
      return usage.value.sizeBytes - usage.value.usedBytes;
    }),
  );
}
