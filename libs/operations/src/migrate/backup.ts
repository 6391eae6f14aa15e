import { randomUUID } from 'node:crypto';
import { link, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { KafkaHaError, messageOf } from '@kafka-ha/base';
import type { Spec } from '@kafka-ha/config';
import type { Znodes } from '@kafka-ha/cluster';
import { writeThrough } from '../cluster-file/replace-cluster-file.ts';

/** What ZooKeeper held before the first step, as it stood there: by it a person could restore each node. */
export type Backup = { cluster: string; takenAt: string; znodes: Znodes };

export function backupFileOf({ namespace, name }: Pick<Spec, 'namespace' | 'name'>): string {
  return `kafka-ha-backup-${namespace}-${name}.json`;
}

/**
 * Writes the backup, whole or not at all, for its owner alone: ZooKeeper may hold credentials. One that is there is kept.
 *
 * @throws KafkaHaError `conflict` where the file is there already.
 */
export async function writeBackup(file: string, backup: Backup): Promise<void> {
  const beside = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    await writeThrough(beside, `${JSON.stringify(backup, null, 2)}\n`, 0o600);
    await link(beside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new KafkaHaError('invalid-usage', `the backup cannot be written: ${messageOf(error)}`, {
        hint: 'Name another file with --backup. Nothing was changed.',
        cause: error,
      });
    throw isThere(file);
  } finally {
    await rm(beside, { force: true });
  }
}

export function isThere(file: string): KafkaHaError {
  return new KafkaHaError('conflict', `there is a backup in ${file} already, which is not overwritten`, {
    hint: 'Move it away if an earlier migration has made it, or name another file with --backup. Nothing was changed.',
  });
}

/**
 * The backup of a migration that goes on; undefined where it was begun elsewhere and the file is not here.
 *
 * @throws KafkaHaError `invalid-usage` where the file is no backup of this cluster.
 */
export async function readBackup(file: string, spec: Spec): Promise<Backup | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new KafkaHaError('invalid-usage', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  const backup = parsed(text);
  if (backup?.cluster === clusterOf(spec) && typeof backup.znodes === 'object') return backup;
  throw new KafkaHaError('invalid-usage', `${file} is no backup of ${clusterOf(spec)}`, {
    hint: 'Name the file that the first run has written with --backup.',
  });
}

function parsed(text: string): Backup | undefined {
  try {
    return JSON.parse(text) as Backup;
  } catch {
    return undefined;
  }
}

export function clusterOf({ namespace, name }: Pick<Spec, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
