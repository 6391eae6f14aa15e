import { lstatSync, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KafkaHaError } from '@kafka-ha/base';

/** Where everything fetched or built is kept, shared by all clusters: removable whenever no cluster is up. */
export function cacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'kafka-ha');
}

/** One directory per cluster; gone when the cluster is. Not under /tmp, which may be small or in memory. */
export const stateRoot = '/var/tmp/kafka-ha';

/**
 * Refuses a directory that somebody else could have made or can write to, or that leads elsewhere: what is read there is
 * mounted and run, as root. One that is not there yet is fine.
 *
 * @throws KafkaHaError `conflict`.
 */
export function refuseForeign(directory: string, uid: number | undefined = process.getuid?.()): void {
  const found: Stats | undefined = lstatSync(directory, { throwIfNoEntry: false });
  if (found === undefined) return;
  const wrong = foreignness(found, uid);
  if (wrong === undefined) return;
  throw new KafkaHaError('conflict', `${directory} ${wrong}`, {
    hint: `Check who created it and what is in it. Then remove it, or use a machine of your own. Nothing in it was read.`,
  });
}

function foreignness(found: Stats, uid: number | undefined): string | undefined {
  if (!found.isDirectory()) return 'is no directory';
  if (uid !== undefined && found.uid !== uid) return `belongs to the user ${found.uid}, not to ${uid}`;
  if ((found.mode & 0o022) !== 0) return 'can be written to by others';
  return undefined;
}

/** Everything of one cluster. Throws `invalid-usage` for a name that cannot be part of paths and Kubernetes names. */
export function clusterDirectory(name: string): string {
  if (!/^[a-z]([-a-z0-9]{0,29}[a-z0-9])?$/.test(name))
    throw new KafkaHaError('invalid-usage', `'${name}' cannot name a local cluster`, {
      hint: 'Use at most 31 lower-case letters, digits and dashes, beginning with a letter.',
    });
  return join(stateRoot, name);
}

export function kubeconfigPath(name: string): string {
  return join(clusterDirectory(name), 'kubeconfig');
}

export function logPath(name: string, step: string): string {
  return join(clusterDirectory(name), 'logs', `${step}.log`);
}

/** A shell script of this library. */
export function scriptPath(file: string): string {
  return fileURLToPath(new URL(`../scripts/${file}`, import.meta.url));
}

/** The directory of a Go module of this library. */
export function goModule(name: string): string {
  return fileURLToPath(new URL(`../go/${name}/`, import.meta.url));
}
