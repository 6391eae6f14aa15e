import { KafkaHaError } from '@kafka-ha/base';
import { readAssigned, type KafkaConnection } from '@kafka-ha/kafka';
import { kafkaLogPath } from '@kafka-ha/manifests';
import { judgeFolders, topicsIn } from './judge-folders.ts';
import { readLogFolders, type Shell } from './logs-on-disk.ts';

export type DeletedLogs = {
  deleted: string[];
  /** Those that stay: the broker is to hold them. */
  assigned: string[];
};

/**
 * Deletes logs from a broker's volume that are no longer its own: the only place that does. It lists the folders first and asks
 * who is to hold them afterwards, of ZooKeeper, of the controller and of the broker itself, by the ids of topics: what any of
 * them assigns to the broker stays. Then it looks again. Only the folders named in `only`, or all.
 *
 * @throws KafkaHaError `conflict` where nobody can tell whose log a folder is, and nothing was deleted; or where one became the
 *   broker's own while it was deleted.
 */
export async function deleteUnassignedLogs(
  kafka: KafkaConnection,
  shell: Shell,
  { brokerId, only }: { brokerId: number; only?: readonly string[] },
): Promise<DeletedLogs> {
  const all = await readLogFolders(shell);
  const folders = all.filter(({ folder }) => only?.includes(folder) ?? true);
  const assigned = () => readAssigned(kafka, { topics: topicsIn(folders), holder: brokerId });
  const before = judgeFolders(folders, await assigned());
  if (before.unknown.length > 0)
    throw new KafkaHaError(
      'conflict',
      `the log directory of broker ${brokerId} has folders of no partition`,
      {
        details: before.unknown,
        hint: 'See what they are, and take them away or leave the broker where it is. No log was deleted.',
      },
    );
  const { unassigned } = before;
  if (unassigned.length === 0) return { deleted: [], assigned: before.assigned };
  await shell(['rm', '-rf', '--', ...unassigned.map((folder) => `${kafkaLogPath}/${folder}`)]);
  const after = judgeFolders(folders, await assigned());
  const lost = after.assigned.filter((folder) => unassigned.includes(folder));
  if (lost.length > 0)
    throw new KafkaHaError(
      'conflict',
      `broker ${brokerId} was given partitions while old logs of theirs were deleted`,
      {
        details: lost,
        hint: `Restart the broker, which then takes them from the others: kafka-ha roll --restart --broker ${brokerId}.`,
      },
    );
  return { deleted: unassigned, assigned: after.assigned };
}
