import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Image } from './images.ts';
import { diffId, type Layer } from './layer.ts';

/**
 * Writes images whose layers are built into a new directory, as `docker save` does. By hand, because it is a few lines for
 * layers that are there already, where buildah and its like bring forty packages and copy every layer three times.
 */
export async function writeArchive(archive: string, images: readonly Image[]): Promise<void> {
  await mkdir(archive);
  for (const layer of layersOf(images))
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

/** Each once. */
export function layersOf(images: readonly Image[]): Layer[] {
  return [...new Map(images.flatMap(({ layers }) => layers).map((layer) => [layer.path, layer])).values()];
}

async function fileOf(layer: Layer): Promise<string> {
  return `${(await diffId(layer)).slice('sha256:'.length)}.tar`;
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
