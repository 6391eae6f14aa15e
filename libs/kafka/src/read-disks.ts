import type { KafkaConnection } from './kafka-connection.ts';
import { describeLogDirsApi } from './protocol/describe-log-dirs.ts';
import { ERROR } from './protocol/error-name.ts';
import { refused } from './refused.ts';

/** The file system under a broker's log directory. `usedBytes` is what the broker cannot write to any more. */
export type DiskState = { brokerId: number; logDir: string; sizeBytes: number; usedBytes: number };

/** The disks of one broker as it sees them (KIP-827): asked itself, no shell in its pod needed. */
export async function readDisks(kafka: KafkaConnection, brokerId: number): Promise<DiskState[]> {
  await kafka.readMetadata([]);
  const { errorCode, directories } = await kafka.askBroker(brokerId, describeLogDirsApi, { topics: [] });
  const failed = [errorCode, ...directories.map((directory) => directory.errorCode)].find(
    (code) => code !== ERROR.none,
  );
  if (failed !== undefined) throw refused(`the disks of broker ${brokerId} cannot be read`, failed);
  return directories.map(({ path, totalBytes, usableBytes }) => ({
    brokerId,
    logDir: path,
    sizeBytes: totalBytes,
    usedBytes: totalBytes - usableBytes,
  }));
}
