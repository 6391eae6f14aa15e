import type { KafkaConnection } from './kafka-connection.ts';
import { describeLogDirsApi } from './protocol/describe-log-dirs.ts';
import { ERROR } from './protocol/error-name.ts';
import { refused } from './refused.ts';

/** A partition's log on a broker's disk, whether or not the broker is among its replicas. */
export type ReplicaSize = { topic: string; partition: number; bytes: number };

/** Every log that a broker has on its disks. The broker is asked itself. */
export async function readReplicaSizes(kafka: KafkaConnection, brokerId: number): Promise<ReplicaSize[]> {
  await kafka.readMetadata([]);
  const { errorCode, directories } = await kafka.askBroker(brokerId, describeLogDirsApi, { topics: null });
  const failed = [errorCode, ...directories.map((directory) => directory.errorCode)].find(
    (code) => code !== ERROR.none,
  );
  if (failed !== undefined) throw refused(`the logs of broker ${brokerId} cannot be read`, failed);
  return directories.flatMap(({ topics }) =>
    topics.flatMap(({ name, partitions }) =>
      partitions.map(({ index, sizeBytes }) => ({ topic: name, partition: index, bytes: sizeBytes })),
    ),
  );
}
