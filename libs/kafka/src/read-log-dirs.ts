import { describeLogDirsApi, ERROR } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';
import { refused } from './refused.ts';

/** The file system under a broker's log directory. `usedBytes` is what the broker cannot write to any more. */
export type DiskState = { brokerId: number; logDir: string; sizeBytes: number; usedBytes: number };

/** The disks of one broker as it sees them (KIP-827): asked itself, no shell in its pod needed. */
export async function readDisks(kafka: KafkaConnection, brokerId: number): Promise<DiskState[]> {
  const directories = await readLogDirs(kafka, brokerId, { logs: 'none' });
  return directories.map(({ path, totalBytes, usableBytes }) => ({
    brokerId,
    logDir: path,
    sizeBytes: totalBytes,
    usedBytes: totalBytes - usableBytes,
  }));
}

/** A partition's log on a broker's disk, whether or not the broker is among its replicas. */
export type ReplicaSize = { topic: string; partition: number; bytes: number };

/** Every log that a broker has on its disks. The broker is asked itself. */
export async function readReplicaSizes(kafka: KafkaConnection, brokerId: number): Promise<ReplicaSize[]> {
  const directories = await readLogDirs(kafka, brokerId, { logs: 'all' });
  return directories.flatMap(({ topics }) =>
    topics.flatMap(({ name, partitions }) =>
      partitions.map(({ index, sizeBytes }) => ({ topic: name, partition: index, bytes: sizeBytes })),
    ),
  );
}

/**
 * A broker's log directories, with every log in them or with none. The broker is asked itself. Throws `kafka-refused` with
 * Kafka's reason, also where one directory alone cannot be read.
 */
async function readLogDirs(kafka: KafkaConnection, brokerId: number, { logs }: { logs: 'all' | 'none' }) {
  const topics = logs === 'all' ? null : [];
  const { errorCode, directories } = await kafka.askBroker(brokerId, describeLogDirsApi, { topics });
  const failed = [errorCode, ...directories.map((directory) => directory.errorCode)].find(
    (code) => code !== ERROR.none,
  );
  const what = logs === 'all' ? 'logs' : 'disks';
  if (failed !== undefined) throw refused(`the ${what} of broker ${brokerId} cannot be read`, failed);
  return directories;
}
