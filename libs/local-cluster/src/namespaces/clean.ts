import { count } from '@kafka-ha/base';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterDirectory } from '../paths.ts';
import { kill, runCommand, type StepContext } from '../run-command.ts';
import { waitUntil } from '../wait-until.ts';
import { removeCgroups } from './cgroups.ts';
import { limitVolume } from './node-limits.ts';
import { clusterProcesses } from './processes.ts';

/** Removes all that a cluster is made of but its logs, however far its `up` came and whatever became of it since. */
export async function cleanCluster(name: string, context: StepContext): Promise<void> {
  const directory = clusterDirectory(name);
  await unlimitVolumes(name);
  await waitUntil(
    { what: `the processes of ${name} to end`, seconds: 30, signal: context.signal },
    async () => {
      const processes = await clusterProcesses(name);
      if (processes.length > 0) context.say(`${count(processes.length, 'process', 'processes')} to end`);
      for (const { pid } of processes) kill(pid, 'SIGKILL');
      return processes.length === 0 ? true : undefined;
    },
  );
  await removeCgroups(name, context.signal);
  await freeLoopDevices(directory, context);
  context.say(`removing ${directory}`);
  for (const entry of await readdir(directory))
    if (entry !== 'logs') await rm(join(directory, entry), { recursive: true });
}

/** A drill that was killed may have left a limit, which a loop device keeps for whoever gets it next. */
async function unlimitVolumes(name: string): Promise<void> {
  const firstProcesses = (await clusterProcesses(name)).filter(({ innerPid }) => innerPid === 1);
  // The control plane has no volume.
  for (const { node } of firstProcesses) await limitVolume(name, node, null).catch(() => undefined);
}

/** They go with the mounts of their node, unless `up` was stopped between the making of one and its mount. */
async function freeLoopDevices(directory: string, context: StepContext): Promise<void> {
  for (const node of await readdir(directory).catch(() => [])) {
    const volumes = join(directory, node, 'var/volumes');
    for (const file of await readdir(volumes).catch(() => [])) {
      const associated = [
        'losetup',
        '--noheadings',
        '--output',
        'NAME',
        '--associated',
        join(volumes, file),
      ] as const;
      await waitUntil(
        { what: `the loop device of ${file} to go`, seconds: 20, signal: context.signal },
        async () => {
          const devices = (await runCommand(context, associated)).split('\n').filter(Boolean);
          // One may go by itself meanwhile; one that stays is waited for, and its output is in the log.
          for (const device of devices)
            await runCommand(context, ['losetup', '--detach', device.trim()]).catch(() => undefined);
          return devices.length === 0 ? true : undefined;
        },
      );
    }
  }
}
