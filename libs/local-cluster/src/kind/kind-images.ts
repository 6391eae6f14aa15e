import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageVersions } from '../local-cluster.ts';
import { clusterDirectory } from '../paths.ts';
import { runCommand, type Job } from '../run-command.ts';
import { versions } from '../versions.ts';
import { loadCommand } from './kind-commands.ts';

/** What the pods of a cluster run. */
export function kindImages({ kafka, zookeeper }: ImageVersions): string[] {
  return [
    ...kafka.map((version) => `apache/kafka:${version}`),
    ...zookeeper.map((version) => `zookeeper:${version}`),
    `node:${versions.node}`,
  ];
}

/** Pulls into Docker those images that it does not have. Returns those that cannot be had. */
export async function pullImages(images: readonly string[], job: Job): Promise<string[]> {
  const lacking: string[] = [];
  for (const image of images) {
    const there = runCommand(job, ['docker', 'image', 'inspect', '--format', '{{.Id}}', image]);
    if (await succeeds(there, job)) continue;
    job.say(`pulling ${image}`);
    const pulled = runCommand(job, ['docker', 'pull', image], {
      onLine: (line) => job.say(`${image}: ${line}`),
    });
    if (!(await succeeds(pulled, job))) lacking.push(image);
  }
  return lacking;
}

/**
 * Gives the nodes images that Docker has, so that each is pulled once by a machine, not once by a node: registries count.
 * `docker save` and an archive, because `kind load docker-image` asks for every platform of an image, which Docker may not
 * have. Returns whether that could be done; a node pulls what it was not given.
 */
export async function loadImages(
  kind: string,
  name: string,
  workers: number,
  images: readonly string[],
  job: Job,
): Promise<boolean> {
  const archive = join(clusterDirectory(name), 'images.tar');
  try {
    job.say('saving them');
    const saved = runCommand(job, ['docker', 'save', '--output', archive, ...images]);
    if (!(await succeeds(saved, job))) return false;
    job.say('loading them into the nodes');
    const loaded = runCommand(job, loadCommand(kind, name, workers, archive), { onLine: job.say });
    return await succeeds(loaded, job);
  } finally {
    await rm(archive, { force: true });
  }
}

/** Whether a command did what it was for: nothing here is worth a cluster. Throws `aborted` when it was stopped. */
async function succeeds(command: Promise<string>, { signal }: Job): Promise<boolean> {
  try {
    await command;
    return true;
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
}
