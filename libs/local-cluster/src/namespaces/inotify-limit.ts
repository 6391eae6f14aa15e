import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listLocalClusters } from '../cluster-state.ts';
import { stateRoot } from '../paths.ts';

const setting = '/proc/sys/fs/inotify/max_user_instances';
const remembered = join(stateRoot, 'inotify-limit');

/** Six nodes hold seventy instances; most distributions allow 128 to all of one user's processes together. */
const enough = 8192;

/** Lets this machine's root watch as many files as several clusters do. The one setting of the kernel that is changed. */
export async function raiseInotifyLimit(): Promise<void> {
  const current = await readFile(setting, 'utf8');
  if (Number(current) >= enough) return;
  await writeFile(remembered, current);
  await writeFile(setting, String(enough));
}

/** Puts the limit back when no cluster is left. */
export async function restoreInotifyLimit(): Promise<void> {
  if ((await listLocalClusters()).length > 0) return;
  const former = await readFile(remembered, 'utf8').catch(() => undefined);
  if (former !== undefined) await writeFile(setting, former);
  await rm(remembered, { force: true });
}
