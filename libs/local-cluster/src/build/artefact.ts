import { mkdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { withLock } from '../lock.ts';
import { cacheDirectory } from '../paths.ts';
import type { Job } from '../run-command.ts';
import { cacheKey } from './cache-key.ts';

/** A directory in the cache, named after what it is made from: if it is there, it is whole and never changes. */
export type Artefact = { path: string; build: (job: Job, directory: string) => Promise<void> };

export function artefact(name: string, inputs: readonly unknown[], build: Artefact['build']): Artefact {
  return { path: join(cacheDirectory(), `${name}-${cacheKey(...inputs)}`), build };
}

export function isBuilt({ path }: Artefact): boolean {
  return existsSync(path);
}

/** Builds what the cache does not have. Whoever else is building the same is waited for. */
export async function ensureBuilt(job: Job, { path, build }: Artefact): Promise<void> {
  if (existsSync(path)) return;
  const name = basename(path);
  const lock = join(dirname(path), 'locks', name);
  await withLock(lock, `waiting for another process that is building ${name}`, job, async () => {
    if (existsSync(path)) return;
    const unfinished = `${path}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    await build(job, unfinished);
    await rename(unfinished, path);
  });
}
