import { readdir, readFile } from 'node:fs/promises';
import { systemClock } from '@kafka-ha/base';
import { clusterDirectory } from '../paths.ts';

/**
 * Processes of a cluster are known by two variables in their environment, which everything that a node starts for
 * itself inherits: no file of process ids has to be right for `down` to find them all.
 */
export function mark(name: string, node: string): Record<string, string> {
  return { KAFKA_HA_CLUSTER: clusterDirectory(name), KAFKA_HA_NODE: node };
}

/** `innerPid` is the id within the node's own pid namespace: 1 for its first process. */
export type ClusterProcess = { pid: number; innerPid: number; node: string };

export async function clusterProcesses(name: string): Promise<ClusterProcess[]> {
  const wanted = `KAFKA_HA_CLUSTER=${clusterDirectory(name)}`;
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = (await readEnvironment(`/proc/${pid}`)).split('\0');
      if (!environment.includes(wanted)) return [];
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      const inner = /^NSpid:\s+\d+\s+(\d+)/m.exec(status)?.[1];
      const node = environment
        .find((one) => one.startsWith('KAFKA_HA_NODE='))
        ?.slice('KAFKA_HA_NODE='.length);
      return [{ pid: Number(pid), innerPid: Number(inner ?? pid), node: node ?? '' }];
    }),
  );
  return found.flat();
}

/** Kernel threads have no environment, ever (PF_KTHREAD in the kernel's sched.h). */
const kernelThread = 0x0020_0000;

/**
 * While a process becomes another program it has no environment: it is read again until it has. `directory` is its folder
 * in /proc. Empty for a process that has ended, and for one of the kernel.
 */
export async function readEnvironment(directory: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const environment = await readFile(`${directory}/environ`, 'utf8').catch(() => undefined);
    if (environment !== '') return environment ?? '';
    const stat = await readFile(`${directory}/stat`, 'utf8').catch(() => '');
    // The name may hold anything, so what follows its last parenthesis counts: state, six ids, then the flags.
    const [state, , , , , , flags] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (stat === '' || state === 'Z' || state === 'X' || (Number(flags) & kernelThread) !== 0) return '';
    await systemClock.sleep(5);
  }
  return '';
}

/** The first process of a node, whose end is the node's; undefined when the node is down. */
export async function firstProcess(name: string, node: string): Promise<number | undefined> {
  const processes = await clusterProcesses(name);
  return processes.find((process) => process.node === node && process.innerPid === 1)?.pid;
}
