import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KafkaHaError } from '@kafka-ha/errors';

/** Where everything fetched or built is kept, shared by all clusters: removable whenever no cluster is up. */
export function cacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'kafka-ha');
}

/** One directory per cluster; gone when the cluster is. Not under /tmp, which may be small or in memory. */
export const stateRoot = '/var/tmp/kafka-ha';

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
