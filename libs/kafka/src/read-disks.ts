import type { KafkaConnection } from './kafka-connection.ts';
import { readLogDirs } from './read-log-dirs.ts';

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
