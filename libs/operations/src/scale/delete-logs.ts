import { KafkaHaError } from '@kafka-ha/base';
import { type Assigned, type KafkaConnection, readAssigned } from '@kafka-ha/kafka';
import { kafkaLogPath } from '@kafka-ha/manifests';
import { type LogFolder, readLogFolders, type Shell } from './logs-on-disk.ts';

export type DeletedLogs = {
  deleted: string[];
  /** Those that stay: the broker is to hold them. */
  assigned: string[];
};

/**
 * Deletes logs from a broker's volume that are no longer its own: the only place that does. It lists the folders first and asks
 * who is to hold them afterwards, of the registry, of the controller and of the broker itself, by the ids of topics: what any of
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
      `the log directory of broker ${brokerId} has folders that belong to no partition`,
      {
        details: before.unknown,
        hint: 'Check what they are, and remove them or keep the broker. No log was deleted.',
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
        hint: `Restart the broker, which then copies them from the others: kafka-ha roll --restart --broker ${brokerId}.`,
      },
    );
  return { deleted: unassigned, assigned: after.assigned };
}

type JudgedFolders = {
  /** Of partitions that the broker is to hold. */
  assigned: string[];
  /** Of partitions that it is not, and of topics that are no more, also where another has the name by now. */
  unassigned: string[];
  unknown: string[];
};

/** Whose log each folder is. Where a topic's id is not known on either side the name alone counts, and keeps the log. */
function judgeFolders(folders: readonly LogFolder[], assigned: readonly Assigned[]): JudgedFolders {
  const judged: JudgedFolders = { assigned: [], unassigned: [], unknown: [] };
  for (const { folder, topicId } of folders) {
    const log = parseFolder(folder);
    if (log === undefined) judged.unknown.push(folder);
    else if (!log.isBeingDeleted && assigned.some((each) => isSame(each, { ...log, topicId })))
      judged.assigned.push(folder);
    else judged.unassigned.push(folder);
  }
  return judged;
}

/** The topics whose logs they are. */
function topicsIn(folders: readonly LogFolder[]): string[] {
  return [...new Set(folders.flatMap(({ folder }) => parseFolder(folder)?.topic ?? []))];
}

type Log = { topic: string; partition: number; isBeingDeleted: boolean };

/** Kafka calls them `events-7`; `events-7.0123…-delete` when it deletes one, and `-stray` or `-future` when it moves one. */
function parseFolder(folder: string): Log | undefined {
  const [, topic, partition, , suffix] =
    /^([A-Za-z0-9._-]+)-(\d+)(\.[0-9a-f]{32}-(delete|stray|future))?$/.exec(folder) ?? [];
  if (topic === undefined || partition === undefined) return undefined;
  return { topic, partition: Number(partition), isBeingDeleted: suffix === 'delete' };
}

function isSame(a: Assigned, b: { topic: string; partition: number; topicId: string | null }): boolean {
  if (a.topic !== b.topic || a.partition !== b.partition) return false;
  return isNone(a.topicId) || isNone(b.topicId) || a.topicId === b.topicId;
}

/** `A` is how no bits at all are written. */
function isNone(topicId: string | null): boolean {
  return topicId === null || /^A*$/.test(topicId);
}
