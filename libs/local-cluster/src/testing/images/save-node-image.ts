import { readdir } from 'node:fs/promises';
import { workloadNode } from '@kafka-ha/config';
import { imagesOf } from '../../images/images.ts';
import { runCommand, type StepContext } from '../../run-command.ts';
import { withArchive } from './with-archive.ts';

const context: StepContext = { log: '/dev/null', signal: new AbortController().signal, say: () => undefined };

/**
 * Writes an archive as `docker save` does, with the image of Node that a local cluster's pods get, under a name of the caller's: what an
 * image is built upon where no registry answers.
 */
export async function saveNodeImage(name: string, archive: string): Promise<void> {
  const own = `docker.io/library/node:${workloadNode}`;
  const image = imagesOf({ kafka: [], zookeeper: [] }).find(({ names }) => names.includes(own));
  if (image === undefined) throw new Error(`no image is named ${own}`);
  await withArchive([{ ...image, names: [name] }], context, async (folder) =>
    runCommand(context, ['tar', '-C', folder, '-cf', archive, ...(await readdir(folder))]),
  );
}
