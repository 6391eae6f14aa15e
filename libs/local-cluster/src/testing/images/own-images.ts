import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workloadNode } from '@kafka-ha/config';
import { ensureBuilt } from '../../build/artefact.ts';
import { readState } from '../../cluster-state.ts';
import { layersOf, writeArchive } from '../../images/image-archive.ts';
import { imagesOf } from '../../images/images.ts';
import { loadCommand } from '../../kind/kind-commands.ts';
import { kindProgram } from '../../kind/kind-program.ts';
import { nodeName } from '../../namespaces/kubeadm-config.ts';
import { rootOf, runInNode } from '../../namespaces/node.ts';
import { runCommand, type StepContext } from '../../run-command.ts';

const context: StepContext = { log: '/dev/null', signal: new AbortController().signal, say: () => undefined };

/** Gives the workers of a local cluster the images of an archive as `docker save` writes it, so that a pod can name them. */
export async function loadArchive(cluster: string, archive: string): Promise<void> {
  const state = await readState(cluster);
  if (state === undefined) throw new Error(`there is no local cluster ${cluster}`);
  const { workers } = state;
  if (state.provider === 'kind') {
    await runCommand(context, loadCommand(await kindProgram(context), cluster, workers, archive));
    return;
  }
  for (let index = 1; index <= workers; index += 1) {
    const node = nodeName(index);
    const place = join(await rootOf(cluster, node), 'var/images.tar');
    await copyFile(archive, place);
    try {
      await runInNode(cluster, node, context, [
        ...['ctr', '--namespace', 'k8s.io', 'images', 'import', '/var/images.tar'],
      ]);
    } finally {
      await rm(place);
    }
  }
}

/**
 * Writes an archive as `docker save` does, with the image of Node that a local cluster's pods get, under a name of the caller's: what an
 * image is built upon where no registry answers.
 */
export async function saveNodeImage(name: string, archive: string): Promise<void> {
  const own = `docker.io/library/node:${workloadNode}`;
  const image = imagesOf({ kafka: [], zookeeper: [] }).find(({ names }) => names.includes(own));
  if (image === undefined) throw new Error(`no image is named ${own}`);
  const directory = await mkdtemp(join(tmpdir(), 'kafka-ha-image-'));
  try {
    for (const layer of layersOf([image])) await ensureBuilt(context, layer);
    const contents = join(directory, 'image');
    await writeArchive(contents, [{ ...image, names: [name] }]);
    await runCommand(context, ['tar', '-C', contents, '-cf', archive, ...(await readdir(contents))]);
  } finally {
    await rm(directory, { recursive: true });
  }
}
