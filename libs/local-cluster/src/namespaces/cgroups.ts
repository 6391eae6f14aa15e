import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { KafkaHaError } from '@kafka-ha/base';
import { waitUntil } from '../wait-until.ts';

const mount = '/sys/fs/cgroup';

/** Where the pods of a node are accounted. Each node has its own: kubelets delete the pods they do not know. */
export function cgroupOf(name: string, node: string): string {
  return `/kafka-ha-${name}/${node}`;
}

/**
 * Makes the cgroup of a node, one of so many, in every hierarchy of the machine: one with version 2, one per controller with
 * version 1.
 */
export async function makeCgroups(name: string, node: string, nodes: number): Promise<void> {
  for (const hierarchy of await hierarchies()) {
    const path = join(hierarchy, cgroupOf(name, node));
    await mkdir(path, { recursive: true });
    for (const child of [dirname(path), path]) {
      for (const file of ['cpuset.cpus', 'cpuset.mems']) await inherit(file, child);
      await delegate(dirname(child));
    }
    await delegate(path);
    await weigh(dirname(path), nodes);
  }
}

async function hierarchies(): Promise<string[]> {
  if (existsSync(join(mount, 'cgroup.controllers'))) return [mount];
  return (await readdir(mount, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(mount, entry.name));
}

/** Version 1: a new cpuset is empty, and an empty one takes no process. */
async function inherit(file: string, path: string): Promise<void> {
  const from = join(dirname(path), file);
  if (!existsSync(join(mount, 'cgroup.controllers')) && existsSync(from))
    await writeFile(join(path, file), await readFile(from, 'utf8'));
}

/**
 * Beside the system of its node, a pod counts for its share of all processors. The pods of all nodes are in one group here,
 * beside the systems of all nodes: with the default weight, that of one process, a kubelet alone would count as much.
 */
async function weigh(path: string, nodes: number): Promise<void> {
  const processors = Math.min(100, nodes * availableParallelism()); // the most that version 2 can tell
  const weights = { 'cpu.shares': 1024 * processors, 'cpu.weight': 100 * processors };
  for (const [file, weight] of Object.entries(weights))
    if (existsSync(join(path, file))) await writeFile(join(path, file), String(weight));
}

/** Version 2: a controller reaches only so far down as its parents pass it on. */
async function delegate(path: string): Promise<void> {
  const available = await readFile(join(path, 'cgroup.controllers'), 'utf8').catch(() => '');
  for (const controller of available.trim().split(/\s+/).filter(Boolean))
    await writeFile(join(path, 'cgroup.subtree_control'), `+${controller}`).catch(() => undefined);
}

/** A block device's number, as control groups name it: `7:3`. */
export type Device = string;

/**
 * Lets the pods of a node read and write so many bytes a second of a device, or as many as it can where that is null.
 *
 * @throws KafkaHaError `invalid-usage` where the kernel cannot limit that.
 */
export async function limitDisk(
  name: string,
  node: string,
  { device, bytesPerSecond }: { device: Device; bytesPerSecond: number | null },
  groups = mount,
): Promise<void> {
  const pods = join(groups, cgroupOf(name, node), 'io.max');
  const limit = bytesPerSecond ?? 'max';
  if (existsSync(pods)) return writeFile(pods, `${device} rbps=${limit} wbps=${limit}`);
  const root = join(groups, 'blkio');
  if (!existsSync(join(root, throttles[0]))) {
    if (bytesPerSecond === null) return;
    throw new KafkaHaError('invalid-usage', 'the kernel of this machine cannot slow a disk down', {
      hint: 'It needs CONFIG_BLK_DEV_THROTTLING and the control group `io` or `blkio`.',
    });
  }
  // Version 1 limits each group by itself. What the kernel writes later, it counts to the topmost one.
  const rate = `${device} ${bytesPerSecond ?? 0}`;
  const groupsOfNode = await groupsUnder(join(root, cgroupOf(name, node)));
  for (const file of throttles) {
    await writeFile(join(root, file), rate);
    for (const group of groupsOfNode) await writeFile(join(group, file), rate).catch(unlessGone);
  }
}

/** A container may end meanwhile, and its group with it. */
function unlessGone(error: unknown): void {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT' && code !== 'ENODEV') throw error;
}

const throttles = ['blkio.throttle.read_bps_device', 'blkio.throttle.write_bps_device'] as const;

async function groupsUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const inside = entries.filter((entry) => entry.isDirectory());
  return [path, ...(await Promise.all(inside.map((entry) => groupsUnder(join(path, entry.name))))).flat()];
}

/** Removes the cgroups of a cluster whose processes have been killed; the kernel takes a moment to bury them. */
export async function removeCgroups(name: string, signal: AbortSignal): Promise<void> {
  for (const hierarchy of await hierarchies()) {
    const path = join(hierarchy, dirname(cgroupOf(name, '-')));
    if (!existsSync(path)) continue;
    await waitUntil({ what: `the processes of ${path} to end`, seconds: 20, signal }, async () => {
      await removeTree(path);
      return existsSync(path) ? undefined : true;
    });
  }
}

async function removeTree(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await removeTree(join(path, entry.name));
  await rmdir(path).catch(() => undefined);
}
