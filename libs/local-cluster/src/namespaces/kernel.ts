import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listLocalClusters } from '../cluster-state.ts';
import { isInstalled } from '../inspect-machine.ts';
import { stateRoot } from '../paths.ts';
import { runCommand, type StepContext } from '../run-command.ts';

const inotifyLimit = '/proc/sys/fs/inotify/max_user_instances';
const formerLimit = join(stateRoot, 'inotify-limit');

/** Six nodes hold seventy instances; most distributions allow 128 to all of one user's processes together. */
const enough = 8192;

/**
 * Loads the modules that nothing loads by itself, unless they are built in, and lets root watch as many files as several
 * clusters do: the one setting of the machine's that is changed.
 */
export async function prepareKernel(context: StepContext): Promise<void> {
  if (isInstalled('modprobe'))
    await runCommand(context, ['modprobe', '--all', 'overlay', 'br_netfilter', 'loop']).catch(
      () => undefined,
    );
  const current = await readFile(inotifyLimit, 'utf8');
  if (Number(current) >= enough) return;
  await writeFile(formerLimit, current);
  await writeFile(inotifyLimit, String(enough));
}

/** Puts the limit back when no cluster is left, of whichever provider. */
export async function restoreKernel(name: string): Promise<void> {
  if (process.getuid?.() !== 0) return; // nor changed it
  const others = (await listLocalClusters()).filter((other) => other !== name);
  if (others.length > 0) return;
  const former = await readFile(formerLimit, 'utf8').catch(() => undefined);
  if (former !== undefined) await writeFile(inotifyLimit, former);
  await rm(formerLimit, { force: true });
}
