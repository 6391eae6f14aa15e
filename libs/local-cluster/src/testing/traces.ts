import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { clusterProcesses } from '../namespaces/processes.ts';
import { clusterDirectory } from '../paths.ts';

/** What a cluster is made of while it runs, to be looked for when it is gone. */
export type Traces = {
  /** `pid:start time` of every process on every node, pods included. */
  processes: string[];
  networkNamespaces: string[];
  /** `device:inode` of the files behind loop devices. */
  volumeFiles: string[];
};

export async function tracesOf(name: string): Promise<Traces> {
  const roots = (await clusterProcesses(name)).map(({ pid }) => pid);
  const processes = descendants(roots);
  const nodes = readdirSync(clusterDirectory(name)).filter((entry) => entry.startsWith('node-'));
  const volumes = nodes.flatMap((node) => {
    const directory = join(clusterDirectory(name), node, 'var/volumes');
    return existsSync(directory) ? readdirSync(directory).map((file) => join(directory, file)) : [];
  });
  const namespaces = new Set(processes.map(networkNamespace).filter((one) => one !== undefined));
  namespaces.delete(networkNamespace(process.pid) ?? '');
  return {
    processes: processes.map(identity).filter((one) => one !== undefined),
    networkNamespaces: [...namespaces],
    volumeFiles: volumes.map((file) => `${statSync(file).dev}:${statSync(file).ino}`),
  };
}

/** Of those traces, what is still there. */
export function remainsOf(name: string, traces: Traces): string[] {
  const pids = allProcesses();
  const namespaces = new Set(pids.map(networkNamespace));
  const loops = execFileSync(
    'losetup',
    ['--list', '--noheadings', '--raw', '--output', 'BACK-MAJ:MIN,BACK-INO'],
    {
      encoding: 'utf8',
    },
  );
  const backing = loops
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [device = '', inode] = line.split(' ');
      const [major = 0, minor = 0] = device.split(':').map(Number);
      return `${major * 256 + minor}:${inode}`;
    });
  return [
    ...traces.processes
      .filter((one) => identity(Number(one.split(':')[0])) === one)
      .map((one) => `process ${one}`),
    ...traces.networkNamespaces.filter((one) => namespaces.has(one)),
    ...traces.volumeFiles.filter((one) => backing.includes(one)).map((one) => `loop device of ${one}`),
    ...cgroups().filter((path) => path.includes(`/kafka-ha-${name}`)),
    ...[clusterDirectory(name)].filter(existsSync),
  ];
}

/** What a cluster must not change of the machine itself, whether it is up or gone. */
export function machineItself(): Record<string, unknown> {
  const list = (path: string) => (existsSync(path) ? readdirSync(path).sort() : null);
  const setting = (path: string) => readFileSync(join('/proc/sys', path), 'utf8').trim();
  return {
    mounts: readFileSync('/proc/self/mounts', 'utf8').split('\n').sort(),
    links: readdirSync('/sys/class/net').sort(),
    routes: readFileSync('/proc/net/route', 'utf8'),
    firewall: execFileSync('sh', ['-c', 'nft list ruleset 2>&1 || true'], { encoding: 'utf8' }),
    namedNamespaces: list('/run/netns'),
    files: [
      '/',
      '/etc',
      '/etc/cni',
      '/etc/kubernetes',
      '/opt',
      '/var',
      '/var/lib',
      '/var/log',
      '/run',
      '/mnt',
    ].map(list),
    settings: [
      ...['kernel/panic', 'kernel/panic_on_oops', 'kernel/keys/root_maxkeys', 'kernel/keys/root_maxbytes'],
      ...[
        'vm/overcommit_memory',
        'vm/panic_on_oom',
        'net/ipv4/ip_forward',
        'net/netfilter/nf_conntrack_max',
        'kernel/hostname',
      ],
    ].map((path) => `${path} = ${existsSync(join('/proc/sys', path)) ? setting(path) : 'none'}`),
  };
}

function allProcesses(): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
}

function descendants(roots: number[]): number[] {
  const parents = new Map(allProcesses().map((pid) => [pid, Number(stat(pid)?.[1] ?? 0)]));
  const belongs = (pid: number): boolean =>
    roots.includes(pid) || (parents.has(pid) && belongs(parents.get(pid) ?? 0));
  return [...parents.keys()].filter((pid) => pid > 1 && belongs(pid));
}

/** A process id may be used again: with its start time it is one process for good. */
function identity(pid: number): string | undefined {
  const start = stat(pid)?.[19];
  return start === undefined ? undefined : `${pid}:${start}`;
}

/** The fields of /proc/PID/stat after the name, from `state` on; a process that only waits to be buried is gone. */
function stat(pid: number): string[] | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? undefined : fields;
  } catch {
    return undefined;
  }
}

function networkNamespace(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return undefined;
  }
}

function cgroups(): string[] {
  return execFileSync('find', ['/sys/fs/cgroup', '-type', 'd'], { encoding: 'utf8' }).split('\n');
}
