import { linkSync, unlinkSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KafkaHaError, messageOf } from '@kafka-ha/base';

/** A file that is to be, by its path within the folder. */
export type NewFile = { path: string; text: string };

/**
 * Writes files that are not there yet: each whole or not at all, whenever this is cut off, and none where one of them cannot be.
 *
 * @throws KafkaHaError `conflict`, naming the files that exist; `invalid-usage` where the folder takes none.
 */
export async function writeNewFiles(folder: string, files: readonly NewFile[]): Promise<void> {
  const paths = files.map(({ path }) => path);
  await refuseExisting(folder, paths);
  let beside: string | undefined;
  try {
    await mkdir(folder, { recursive: true });
    beside = await mkdtemp(join(folder, '.kafka-ha-init-'));
    const links = files.map(({ path }, index) => ({
      from: join(beside!, String(index)),
      to: join(folder, path),
    }));
    for (const [index, { from }] of links.entries())
      await writeFile(from, files[index]!.text, { flag: 'wx', flush: true });
    for (const { to } of links) await mkdir(dirname(to), { recursive: true });
    linkAll(links);
  } catch (cause) {
    // Somebody may have been quicker.
    await refuseExisting(folder, paths);
    throw new KafkaHaError('invalid-usage', `cannot write to ${folder}: ${messageOf(cause)}`, {
      hint: 'Name another folder. Nothing was written.',
      cause,
    });
  } finally {
    if (beside !== undefined) await rm(beside, { recursive: true });
  }
}

/** @throws KafkaHaError `conflict`, naming those that are there. */
export async function refuseExisting(folder: string, paths: readonly string[]): Promise<void> {
  const there = await Promise.all(paths.map((path) => isThere(join(folder, path))));
  const existing = paths.filter((_, index) => there[index]);
  if (existing.length === 0) return;
  const exist = existing.length === 1 ? 'exists' : 'exist';
  throw new KafkaHaError('conflict', `${existing.join(', ')} ${exist} already`, {
    hint: 'No file is overwritten: remove what you do not need, or name another folder. Nothing was written.',
  });
}

/** A link that leads nowhere is there as well. */
async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/**
 * In one go, so that no signal is heeded in between. A link takes no name that is taken, which a rename would; and what it names
 * is whole.
 */
function linkAll(links: readonly { from: string; to: string }[]): void {
  const made: string[] = [];
  try {
    for (const { from, to } of links) {
      linkSync(from, to);
      made.push(to);
    }
  } catch (error) {
    for (const path of made) unlinkSync(path);
    throw error;
  }
}
