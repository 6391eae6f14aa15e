import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { artefact, ensureBuilt, type Artefact } from '../build/artefact.ts';
import { contentOf } from '../build/cache-key.ts';
import { nodeTree } from '../build/debian-tree.ts';
import type { ImageVersions } from '../local-cluster.ts';
import { scriptPath } from '../paths.ts';
import { runCommand } from '../run-command.ts';
import { together } from '../together.ts';
import { layersOf, writeArchive } from './image-archive.ts';
import { imagesOf } from './images.ts';

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
      await together(
        context,
        [nodeTree(), ...layersOf(images)].map((needed) => (shared) => ensureBuilt(shared, needed)),
      );
      const archive = join(directory, 'archive');
      const store = join(directory, 'store');
      await mkdir(store);
      await writeArchive(archive, images);
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
