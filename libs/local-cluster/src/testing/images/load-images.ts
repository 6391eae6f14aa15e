import { mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { KafkaHaError } from '@kafka-ha/base';
import { ensureBuilt } from '../../build/artefact.ts';
import { layersOf, writeArchive } from '../../images/image-archive.ts';
import type { Image } from '../../images/images.ts';
import type { LocalCluster } from '../../local-cluster.ts';
import { runInNode } from '../../namespaces/node.ts';
import { clusterDirectory, logPath } from '../../paths.ts';
import type { StepContext } from '../../run-command.ts';
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
  const context: StepContext = { log: logPath(name, 'images'), signal, say: () => undefined };
  await together(
    context,
    layersOf(images).map((needed) => (shared) => ensureBuilt(shared, needed)),
  );
  await together(
    context,
    nodes.map((node) => (shared) => loadInto(name, node, images, shared)),
  );
}

/** By way of the node's own disk, where links take no room. */
async function loadInto(
  name: string,
  node: string,
  images: readonly Image[],
  context: StepContext,
): Promise<void> {
  const folder = await mkdtemp(join(clusterDirectory(name), node, 'var', 'images-'));
  try {
    await writeArchive(join(folder, 'archive'), images);
    const load = 'tar -C "$1" -cf - . | ctr --namespace k8s.io images import -';
    await runInNode(name, node, context, ['sh', '-c', load, 'load', `/var/${basename(folder)}/archive`]);
  } finally {
    await rm(folder, { recursive: true });
  }
}
