import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, type StepContext } from '../run-command.ts';
import { limitDisk, type Device } from './cgroups.ts';
import { enterFabric } from './fabric.ts';
import { rootOf, runInNode } from './node.ts';

/** The volume of a node's broker, in the node. */
const volume = '/mnt/volumes/kafka';
const ballast = `${volume}/.kafka-ha-ballast`;
const mebibyte = 1024 * 1024;

/**
 * Takes all room that the volume has left. What is allocated is not written, so it takes none of the machine's own disk;
 * the last of it is, since an allocation needs room for its own records.
 */
export const fillVolume = `free=$(($(stat -f -c '%a * %S' ${volume})))
if [ "$free" -gt ${mebibyte} ]; then fallocate -l $((free - ${mebibyte})) ${ballast}; fi
cat /dev/zero >> ${ballast} 2> /dev/null || true
free=$(stat -f -c %a ${volume})
if [ "$free" -gt 16 ]; then echo "$free blocks of ${volume} are still free" >&2; exit 1; fi`;

export const freeVolume = `rm -f ${ballast}`;

/**
 * Lets so many bytes a second through a node's cable in each direction, or as many as it can where that is null. What has
 * waited for 400 ms is dropped, as by a switch.
 */
export async function limitNetwork(
  name: string,
  node: string,
  bytesPerSecond: number | null,
  context: StepContext,
): Promise<void> {
  const script = (link: string) => ['sh', '-c', limitLink(link, bytesPerSecond)];
  await runCommand(context, [...(await enterFabric(name)), ...script(node)]);
  await runInNode(name, node, context, script('eth0'));
}

/** Script for tc(8), whose `bps` are bytes. By its path: a node's `sh` is busybox, which has a lesser tc of its own. */
export function limitLink(link: string, bytesPerSecond: number | null): string {
  return bytesPerSecond === null
    ? `if /sbin/tc qdisc show dev ${link} | grep -q tbf; then /sbin/tc qdisc delete dev ${link} root; fi`
    : `/sbin/tc qdisc replace dev ${link} root tbf rate ${bytesPerSecond}bps burst 32kb latency 400ms`;
}

/** The same of the volume of the node's broker. */
export async function limitVolume(name: string, node: string, bytesPerSecond: number | null): Promise<void> {
  const { dev } = await stat(join(await rootOf(name, node), volume));
  await limitDisk(name, node, { device: deviceOf(dev), bytesPerSecond });
}

/** As in glibc's sysmacros.h. */
export function deviceOf(dev: number): Device {
  const number = BigInt(dev);
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & 0xfffff000n);
  const minor = (number & 0xffn) | ((number >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}
