import type { Assigned } from '@kafka-ha/kafka';
import type { LogFolder } from './logs-on-disk.ts';

export type JudgedFolders = {
  /** Of partitions that the broker is to hold. */
  assigned: string[];
  /** Of partitions that it is not, and of topics that are no more, also where another has the name by now. */
  unassigned: string[];
  unknown: string[];
};

/** Whose log each folder is. Where a topic's id is not known on either side the name alone counts, and keeps the log. */
export function judgeFolders(folders: readonly LogFolder[], assigned: readonly Assigned[]): JudgedFolders {
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
export function topicsIn(folders: readonly LogFolder[]): string[] {
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
