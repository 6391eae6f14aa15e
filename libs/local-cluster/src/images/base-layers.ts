import { chmod, copyFile, mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBuilt } from '../build/artefact.ts';
import { contentOf } from '../build/cache-key.ts';
import { unpackDebian } from '../build/debian-tree.ts';
import { ncProgram } from '../build/go-program.ts';
import { scriptPath } from '../paths.ts';
import type { StepContext } from '../run-command.ts';
import { layer, type Layer } from './layer.ts';

/** What a JVM needs. */
export const libraries = ['base-files', 'netbase', 'libc6', 'libc-bin', 'libgcc-s1', 'libstdc++6', 'zlib1g'];

/** Not busybox-static, whose shell runs its own tools whatever else is on the PATH. Alpine's does not. */
const kafkaPackages = [...libraries, 'busybox', 'coreutils'];

const zookeeperPackages = [
  ...libraries,
  ...['dash', 'coreutils', 'findutils', 'grep', 'mawk', 'sed', 'netcat-openbsd'],
];

/**
 * As below the official image of Kafka, which is made from Alpine: a shell and tools of busybox's, GNU coreutils among them,
 * and an nc that Debian does not have (go/nc/main.go).
 */
export function kafkaBaseLayer(): Layer {
  const inputs = [contentOf(scriptPath('debian-tree.sh')), kafkaPackages, ncProgram().path];
  return layer('base-of-kafka', inputs, async (context, root) => {
    await ensureBuilt(context, ncProgram());
    await unpackSmall(context, root, kafkaPackages);
    await rm(join(root, 'bin/nc'), { force: true }); // a link to a path of this machine's own: not to be written through
    await copyFile(join(ncProgram().path, 'nc'), join(root, 'usr/bin/nc'));
    await chmod(join(root, 'usr/bin/nc'), 0o755);
  });
}

/** As below the official image of ZooKeeper, which is made from Ubuntu: dash, GNU's tools, OpenBSD's nc. */
export function zookeeperBaseLayer(): Layer {
  const inputs = [contentOf(scriptPath('debian-tree.sh')), zookeeperPackages];
  return layer('base-of-zookeeper', inputs, async (context, root) => {
    await unpackSmall(context, root, zookeeperPackages);
    // what the packages' own scripts would have linked
    await symlink('/bin/nc.openbsd', join(root, 'usr/bin/nc'));
    await symlink('/usr/bin/mawk', join(root, 'usr/bin/awk'));
  });
}

/** The locale of both images, in either of which it is little more than UTF-8. */
export const localeEnvironment = ['LANG=en_US.UTF-8', 'LANGUAGE=en_US:en', 'LC_ALL=en_US.UTF-8'];

/** Packages without what only people read, and with the locale of both images. */
export async function unpackSmall(
  context: StepContext,
  root: string,
  packages: readonly string[],
): Promise<void> {
  await unpackDebian(context, root, packages);
  for (const unread of ['doc', 'info', 'locale', 'man'])
    await rm(join(root, 'usr/share', unread), { recursive: true, force: true });
  const locales = join(root, 'usr/lib/locale');
  await mkdir(locales, { recursive: true });
  await symlink('C.utf8', join(locales, 'en_US.utf8'));
}
