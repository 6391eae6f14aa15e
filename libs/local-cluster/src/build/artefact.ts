import { chmod, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { withLock } from '../lock.ts';
import { cacheDirectory } from '../paths.ts';
import type { StepContext } from '../run-command.ts';
import { cacheKey } from './cache-key.ts';

/** A directory in the cache, named after what it is made from: if it is there, it is whole and never changes. */
export type Artefact = { path: string; build: (context: StepContext, directory: string) => Promise<void> };

export function artefact(name: string, inputs: readonly unknown[], build: Artefact['build']): Artefact {
  return { path: join(cacheDirectory(), `${name}-${cacheKey(...inputs)}`), build };
}

export function isBuilt({ path }: Artefact): boolean {
  return existsSync(path);
}

/** Builds what the cache does not have. Whoever else is building the same is waited for. */
export async function ensureBuilt(context: StepContext, { path, build }: Artefact): Promise<void> {
  if (existsSync(path)) return;
  const name = basename(path);
  const cache = dirname(path);
  const lock = join(cache, 'locks', name);
  await withLock(lock, `waiting for another process that is building ${name}`, context, async () => {
    if (existsSync(path)) return;
    // a name of its own each time: a compiler whose parent was killed may still write into the last one
    const prefix = `${name}.unfinished-`;
    for (const entry of await readdir(cache))
      if (entry.startsWith(prefix)) await rm(join(cache, entry), { recursive: true });
    const unfinished = await mkdtemp(join(cache, prefix));
    try {
      await build(context, unfinished);
      await chmod(unfinished, 0o755);
      await rename(unfinished, path);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  });
}
