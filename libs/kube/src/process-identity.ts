import { readFileSync, readlinkSync } from 'node:fs';

/** Where Linux tells of processes. */
const procPath = '/proc';

/**
 * Who this process is, so that another one on this machine can tell whether it still runs: the boot, the PID namespace, the
 * user, the process id and its start. Undefined where the system does not tell, as on macOS.
 */
export function identityOfThisProcess(proc = procPath): string | undefined {
  try {
    const [pid = '', , start = ''] = statOf(proc, 'self');
    return [...placeOf(proc), pid, start].join('/');
  } catch {
    return undefined;
  }
}

/**
 * True only where it is certain: a process of this boot, of this PID namespace and of this user is gone, is a zombie, or its
 * id belongs to another process. Of one on another machine or in another container nothing is known. That the user is the same
 * matters where /proc hides the processes of others.
 */
export function hasSurelyEnded(identity: string, proc = procPath): boolean {
  const [boot, namespace, user, pid, start] = identity.split('/');
  try {
    if (pid === undefined || !/^\d+$/.test(pid)) return false;
    if (placeOf(proc).join('/') !== [boot, namespace, user].join('/')) return false;
    const [, state, startNow] = statOf(proc, pid);
    return state === 'Z' || state === 'X' || startNow !== start;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && identityOfThisProcess(proc) !== undefined;
  }
}

/** The boot, the PID namespace and the user. */
function placeOf(proc: string): string[] {
  const boot = readFileSync(`${proc}/sys/kernel/random/boot_id`, 'utf8').trim();
  return [boot, readlinkSync(`${proc}/self/ns/pid`), String(process.getuid?.())];
}

/** Id, state and start (in clock ticks since boot) of a process. Its name, in parentheses, may hold anything. */
function statOf(proc: string, pid: string): string[] {
  const stat = readFileSync(`${proc}/${pid}/stat`, 'utf8');
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [stat.slice(0, stat.indexOf(' ')), afterName[0] ?? '', afterName[19] ?? ''];
}
