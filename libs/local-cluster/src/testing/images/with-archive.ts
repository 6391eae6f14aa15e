import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../build/artefact.ts';
import { layersOf, writeArchive } from '../../images/image-archive.ts';
import type { Image } from '../../images/images.ts';
import type { StepContext } from '../../run-command.ts';

/** Builds images and has them in a folder, as `docker save` packs them, for as long as `use` takes. */
export async function withArchive(
  images: readonly Image[],
  context: StepContext,
  use: (folder: string) => Promise<unknown>,
): Promise<void> {
  for (const layer of layersOf(images)) await ensureBuilt(context, layer);
  const work = await mkdtemp(join(tmpdir(), 'kafka-ha-images-'));
  try {
    const folder = join(work, 'archive');
    await writeArchive(folder, images);
    await use(folder);
  } finally {
    await rm(work, { recursive: true });
  }
}
