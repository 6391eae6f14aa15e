import type { KafkaConnection } from './kafka-connection.ts';
import { readLogDirs } from './read-log-dirs.ts';

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
