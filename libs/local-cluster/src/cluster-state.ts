import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { KafkaHaError } from '@kafka-ha/base';
import type { VolumeSizes } from './local-cluster.ts';
import type { ImageVersions } from './software.ts';
import { cacheDirectory, clusterDirectory, refuseForeign, stateRoot } from './paths.ts';

/** What is remembered of a cluster from its `up` to its `down`. `complete` only when all of `up` was done. */
export type LocalClusterState = KindState | NamespacesState;

export type KindState = { provider: 'kind'; complete: boolean; workers: number; zones: number };

export type NamespacesState = {
  provider: 'namespaces';
  complete: boolean;
  workers: number;
  zones: number;
  images: ImageVersions;
  volumes: VolumeSizes;
  builds: Builds;
};

/** Paths in the cache of what a cluster was made from, whatever has been built there since. */
export type Builds = { tree: string; store: string; programs: string };

/** @throws KafkaHaError `conflict` where somebody else may have written it. */
export async function readState(name: string): Promise<LocalClusterState | undefined> {
  refuseForeign(stateRoot);
  refuseForeign(clusterDirectory(name));
  const text = await readFile(stateFile(name), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const state = JSON.parse(text) as LocalClusterState;
  if (state.provider === 'namespaces') refuseOutside(cacheDirectory(), state.builds);
  return state;
}

export async function writeState(name: string, state: LocalClusterState): Promise<void> {
  await mkdir(clusterDirectory(name), { recursive: true, mode: 0o700 });
  refuseForeign(stateRoot);
  refuseForeign(clusterDirectory(name));
  const unfinished = `${stateFile(name)}.unfinished`;
  await writeFile(unfinished, JSON.stringify(state, null, 2));
  await rename(unfinished, stateFile(name));
}

/** What a node is made of is mounted and run: it comes from the cache, wherever a state says that it is. */
export function refuseOutside(cache: string, builds: Builds): void {
  const outside = Object.values(builds).filter((path) => /^\.\.(\/|$)|^$/.test(relative(cache, path)));
  if (outside.length === 0) return;
  throw new KafkaHaError(
    'conflict',
    `the local cluster was made of ${outside.join(', ')}, outside ${cache}`,
    {
      hint: 'Set XDG_CACHE_HOME and HOME as they were when it was started.',
    },
  );
}

/** The names of all clusters of this machine, broken ones too. */
export async function listLocalClusters(): Promise<string[]> {
  refuseForeign(stateRoot);
  const directories = (await readdir(stateRoot).catch(() => [])).sort();
  return directories.filter((name) => existsSync(stateFile(name)));
}

function stateFile(name: string): string {
  return join(clusterDirectory(name), 'cluster.json');
}
