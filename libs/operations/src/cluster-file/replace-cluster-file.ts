import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { KafkaHaError } from '@kafka-ha/base';

/**
 * Writes the cluster file: the whole new text or nothing of it, whenever this is cut off, and only while the file holds
 * what was read from it. A link stays one, and the file keeps its mode.
 *
 * @throws KafkaHaError `conflict` where somebody has changed the file since.
 */
export async function replaceClusterFile(file: string, before: string, after: string): Promise<void> {
  if (after === before) return;
  const target = await realpath(file);
  const beside = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  try {
    const { mode } = await stat(target);
    await writeThrough(beside, after, mode);
    if ((await readFile(target, 'utf8')) !== before)
      throw new KafkaHaError('conflict', `${file} has changed since it was read, and was left as it is`, {
        hint: 'Check what changed in it, and add what this run would have written.',
      });
    await rename(beside, target);
  } finally {
    await rm(beside, { force: true });
  }
}

/** On the disk before the name points to it: else a machine that goes down could leave an empty file. */
export async function writeThrough(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
