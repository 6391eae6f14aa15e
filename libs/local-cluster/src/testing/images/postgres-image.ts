import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { contentOf } from '../../build/cache-key.ts';
import { libraries, unpackSmall } from '../../images/base-layers.ts';
import type { Image } from '../../images/images.ts';
import { layer, type Layer } from '../../images/layer.ts';
import { scriptPath } from '../../paths.ts';

const packages = [...libraries, 'busybox', 'coreutils', 'postgresql'];

/** Linked to where they are on the path. Debian has wrappers there, for machines with several versions. */
const programs = ['initdb', 'postgres', 'psql'];

/** PostgreSQL as Debian has it, of no version in particular. */
export function postgresImage(name: string): Image {
  return { names: [name], layers: [postgresLayer()], config: { User: 'appuser', WorkingDir: '/' } };
}

function postgresLayer(): Layer {
  const inputs = [contentOf(scriptPath('debian-tree.sh')), packages, programs];
  return layer('postgres', inputs, async (context, root) => {
    await unpackSmall(context, root, packages);
    const [version = ''] = await readdir(join(root, 'usr/lib/postgresql'));
    await mkdir(join(root, 'usr/local/bin'), { recursive: true });
    for (const program of programs)
      await symlink(`/usr/lib/postgresql/${version}/bin/${program}`, join(root, 'usr/local/bin', program));
  });
}
