import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadArchive, saveNodeImage } from '@kafka-ha/local-cluster/testing';
import { localClusterOf, type RealCluster } from '@kafka-ha/testing';

const exec = promisify(execFile);
const root = new URL('../../../', import.meta.url).pathname;
const install =
  'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends buildah > /dev/null';

/**
 * Gives the nodes of the real cluster the container image under this name. It is built from `Containerfile` with buildah, as the workflow
 * `release` does. What it is built upon is pulled or, where no registry can be reached, made of the layers of a local cluster.
 */
export async function loadToolImage(real: RealCluster, name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-image-'));
  try {
    const { provider } = await localClusterOf(real);
    const archive = join(folder, 'image.tar');
    await buildImage({ name, archive, withRegistry: provider === 'kind' });
    await loadArchive(real.name, archive);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function buildImage({ name, archive, withRegistry }: Wanted): Promise<void> {
  await exec('sh', ['-c', `command -v buildah > /dev/null || { ${install}; }`]);
  const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-buildah-'));
  const storage = [
    '--root',
    join(folder, 'root'),
    '--runroot',
    join(folder, 'run'),
    '--storage-driver',
    'vfs',
  ];
  const buildah = (...args: string[]) => exec('buildah', [...storage, ...args], { cwd: root });
  try {
    if (!withRegistry) {
      const base = join(folder, 'base.tar');
      await saveNodeImage(await baseOf('Containerfile'), base);
      await buildah('pull', `docker-archive:${base}`);
    }
    await buildah(
      'build',
      ...(withRegistry ? [] : ['--pull-never']),
      '--tag',
      name,
      '--file',
      'Containerfile',
      '.',
    );
    await buildah('push', name, `docker-archive:${archive}:${name}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Wanted = { name: string; archive: string; withRegistry: boolean };

async function baseOf(file: string): Promise<string> {
  const [, base] = /^FROM (\S+)$/m.exec(await readFile(join(root, file), 'utf8')) ?? [];
  if (base === undefined) throw new Error(`${file} is built upon nothing`);
  return base;
}
