import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { artefact, type Artefact } from '../build/artefact.ts';
import { runCommand, type StepContext } from '../run-command.ts';

/** One layer of an image: `layer.tar` and, in `diff-id`, the digest that images name it by. */
export type Layer = Artefact;

/** A layer made of what `fill` puts under a directory. */
export function layer(
  name: string,
  inputs: readonly unknown[],
  fill: (context: StepContext, root: string) => Promise<void>,
): Layer {
  return artefact(`layer-${name}`, inputs, async (context, directory) => {
    const root = join(directory, 'root');
    await mkdir(root);
    await fill(context, root);
    context.say(`packing ${name}`);
    const tar = join(directory, 'layer.tar');
    await runCommand(context, [
      'tar',
      '-C',
      root,
      '--sort=name',
      '--mtime=@0',
      '--numeric-owner',
      '-cf',
      tar,
      '.',
    ]);
    await rm(root, { recursive: true });
    const hash = createHash('sha256');
    await pipeline(createReadStream(tar), hash);
    await writeFile(join(directory, 'diff-id'), `sha256:${hash.digest('hex')}`);
  });
}

export async function diffId(layer: Layer): Promise<string> {
  return readFile(join(layer.path, 'diff-id'), 'utf8');
}
