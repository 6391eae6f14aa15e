import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { artefact, ensureBuilt, type Artefact } from '../build/artefact.ts';
import { contentOf } from '../build/cache-key.ts';
import { nodeTree } from '../build/debian-tree.ts';
import type { ImageVersions } from '../local-cluster.ts';
import { scriptPath } from '../paths.ts';
import { runCommand } from '../run-command.ts';
import { together } from '../together.ts';
import { imagesOf, type Image } from './images.ts';
import { diffId, type Layer } from './layer.ts';

/**
 * The data directory of a containerd that has unpacked all images. Every node starts from a copy whose unpacked layers
 * are these: to import the images into each of six nodes takes as long as all the rest of `up`.
 */
export function imageStore(wanted: ImageVersions): Artefact {
  const images = imagesOf(wanted);
  const inputs = images.map((image) => ({ ...image, layers: image.layers.map(({ path }) => path) }));
  return artefact(
    'image-store',
    [nodeTree().path, contentOf(scriptPath('image-store.sh')), inputs],
    async (context, directory) => {
      const layers = [
        ...new Map(images.flatMap((image) => image.layers).map((one) => [one.path, one])).values(),
      ];
      await together(
        context,
        [nodeTree(), ...layers].map((needed) => (shared) => ensureBuilt(shared, needed)),
      );
      const archive = join(directory, 'archive');
      const store = join(directory, 'store');
      await mkdir(archive);
      await mkdir(store);
      await writeArchive(archive, images, layers);
      context.say(`unpacking ${images.length} images`);
      const apart = ['unshare', '--mount', '--pid', '--net', '--ipc', '--fork', '--kill-child'] as const;
      await runCommand(context, [
        ...apart,
        scriptPath('image-store.sh'),
        join(nodeTree().path, 'root'),
        archive,
        store,
      ]);
      await rm(archive, { recursive: true });
    },
  );
}

/**
 * Writes images as `docker save` does. By hand, because it is a few lines for layers that are there already, where
 * buildah and its like bring forty packages and copy every layer three times.
 */
async function writeArchive(archive: string, images: Image[], layers: Layer[]): Promise<void> {
  for (const layer of layers)
    await linkOrCopy(join(layer.path, 'layer.tar'), join(archive, await fileOf(layer)));
  const manifest = await Promise.all(
    images.map(async ({ names, layers, config }) => {
      const configuration = JSON.stringify({
        architecture: 'amd64',
        os: 'linux',
        config,
        rootfs: { type: 'layers', diff_ids: await Promise.all(layers.map(diffId)) },
      });
      const file = `${createHash('sha256').update(configuration).digest('hex')}.json`;
      await writeFile(join(archive, file), configuration);
      return { Config: file, RepoTags: names, Layers: await Promise.all(layers.map(fileOf)) };
    }),
  );
  await writeFile(join(archive, 'manifest.json'), JSON.stringify(manifest));
}

async function fileOf(layer: Layer): Promise<string> {
  return `${(await diffId(layer)).slice('sha256:'.length)}.tar`;
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
