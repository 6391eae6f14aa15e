import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { scriptPath } from '../paths.ts';
import { runCommand, type StepContext } from '../run-command.ts';
import { artefact, type Artefact } from './artefact.ts';
import { contentOf } from './cache-key.ts';

const nodePackages = [
  ...['base-files', 'busybox-static', 'dash', 'libc-bin'], // busybox' own sh prefers its own mount, ip and losetup
  ...['containerd', 'runc', 'containernetworking-plugins'],
  ...['iptables', 'nftables', 'conntrack', 'ethtool', 'iproute2', 'procps', 'kmod'],
  ...['mount', 'util-linux', 'e2fsprogs'],
];

/** What images are unpacked in: see image-store.sh. */
const mountPoints = ['mnt', 'var/lib/containerd'];

/** What a node runs from, apart from Kubernetes itself: it shares nothing with the machine's own files. */
export function nodeTree(): Artefact {
  const inputs = [contentOf(scriptPath('debian-tree.sh')), nodePackages, mountPoints];
  return artefact('node-tree', inputs, async (context, directory) => {
    const root = join(directory, 'root');
    await unpackDebian(context, root, nodePackages);
    for (const mountPoint of mountPoints) await mkdir(join(root, mountPoint), { recursive: true });
  });
}

export async function unpackDebian(
  context: StepContext,
  directory: string,
  packages: readonly string[],
): Promise<void> {
  await runCommand(context, [scriptPath('debian-tree.sh'), directory, ...packages], {
    onLine: (line) => {
      if (line.startsWith('I: ')) context.say(`Debian packages: ${line.slice(3)}`);
    },
  });
}
