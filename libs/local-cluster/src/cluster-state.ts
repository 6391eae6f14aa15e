import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageVersions, VolumeSizes } from './local-cluster.ts';
import { clusterDirectory, stateRoot } from './paths.ts';

/** What is remembered of a cluster from its `up` to its `down`. `complete` only when all of `up` was done. */
export type ClusterState = KindState | NamespacesState;

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

export async function readState(name: string): Promise<ClusterState | undefined> {
  const text = await readFile(stateFile(name), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as ClusterState);
}

export async function writeState(name: string, state: ClusterState): Promise<void> {
  await mkdir(clusterDirectory(name), { recursive: true, mode: 0o700 });
  const unfinished = `${stateFile(name)}.unfinished`;
  await writeFile(unfinished, JSON.stringify(state, null, 2));
  await rename(unfinished, stateFile(name));
}

/** The names of all clusters of this machine, broken ones too. */
export async function listLocalClusters(): Promise<string[]> {
  const directories = (await readdir(stateRoot).catch(() => [])).sort();
  return directories.filter((name) => existsSync(stateFile(name)));
}

function stateFile(name: string): string {
  return join(clusterDirectory(name), 'cluster.json');
}
