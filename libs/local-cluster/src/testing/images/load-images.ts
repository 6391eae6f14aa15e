import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { KafkaHaError } from '@kafka-ha/base';
import { ensureBuilt } from '../../build/artefact.ts';
import { readState } from '../../cluster-state.ts';
import { layersOf, writeArchive } from '../../images/image-archive.ts';
import type { Image } from '../../images/images.ts';
import { loadCommand } from '../../kind/kind-commands.ts';
import { kindProgram } from '../../kind/kind-program.ts';
import type { LocalCluster } from '../../local-cluster.ts';
import { nodeName } from '../../namespaces/kubeadm-config.ts';
import { runInNode } from '../../namespaces/node.ts';
import { clusterDirectory, logPath } from '../../paths.ts';
import { runCommand, type StepContext } from '../../run-command.ts';
import { together } from '../../together.ts';

/**
 * Gives nodes of a running cluster images that it was not started with, as a registry would. Builds what the cache does not have.
 *
 * @throws KafkaHaError `invalid-usage` where the provider is kind, whose nodes pull what they lack.
 */
export async function loadImages(
  { name, provider }: Pick<LocalCluster, 'name' | 'provider'>,
  { images, nodes, signal }: { images: readonly Image[]; nodes: readonly string[]; signal: AbortSignal },
): Promise<void> {
  if (provider !== 'namespaces')
    throw new KafkaHaError('invalid-usage', `the nodes of ${name} come from ${provider}, which pulls images`);
  const context = contextOf(name, signal);
  await together(
    context,
    layersOf(images).map((needed) => (shared) => ensureBuilt(shared, needed)),
  );
  await importInto(name, nodes, context, (folder) => writeArchive(folder, images));
}

/** Gives the workers of a local cluster the images of an archive as `docker save` writes it, so that a pod can name them. */
export async function loadArchive(name: string, archive: string): Promise<void> {
  const state = await readState(name);
  if (state === undefined) throw new Error(`there is no local cluster ${name}`);
  const { provider, workers } = state;
  const context = contextOf(name, new AbortController().signal);
  if (provider === 'kind') {
    await runCommand(context, loadCommand(await kindProgram(context), name, workers, archive));
    return;
  }
  const nodes = Array.from({ length: workers }, (_, index) => nodeName(index + 1));
  await importInto(name, nodes, context, async (folder) => {
    await mkdir(folder);
    await runCommand(context, ['tar', '-C', folder, '-xf', archive]);
  });
}

function contextOf(name: string, signal: AbortSignal): StepContext {
  return { log: logPath(name, 'images'), signal, say: () => undefined };
}

/** By way of each node's own disk, where links take no room. `write` makes the folder, with what `docker save` packs. */
async function importInto(
  name: string,
  nodes: readonly string[],
  context: StepContext,
  write: (folder: string) => Promise<void>,
): Promise<void> {
  await together(
    context,
    nodes.map((node) => async (shared) => {
      const work = await mkdtemp(join(clusterDirectory(name), node, 'var', 'images-'));
      try {
        await write(join(work, 'archive'));
        const load = 'tar -C "$1" -cf - . | ctr --namespace k8s.io images import -';
        await runInNode(name, node, shared, ['sh', '-c', load, 'load', `/var/${basename(work)}/archive`]);
      } finally {
        await rm(work, { recursive: true });
      }
    }),
  );
}
