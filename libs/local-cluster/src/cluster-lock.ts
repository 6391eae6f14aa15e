import { join } from 'node:path';
import { takeLock, type Lock } from './lock.ts';
import { cacheDirectory } from './paths.ts';
import type { StepContext } from './run-command.ts';

/** Taken by whatever makes or removes a cluster as a whole. In the cache, because the cluster's directory goes away. */
export function lockCluster(name: string, context: StepContext): Promise<Lock> {
  const file = join(cacheDirectory(), 'locks', `cluster-${name}`);
  return takeLock(file, `waiting for another process that works on ${name}`, context);
}
