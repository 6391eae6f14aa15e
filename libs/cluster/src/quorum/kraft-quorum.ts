import { unregisterBrokers } from '@kafka-ha/kafka';
import type { Cluster } from '../cluster.ts';
import { kraftRegistry } from './kraft-registry.ts';
import { markFormed } from './mark-formed.ts';
import type { Quorum } from './quorum-port.ts';
import { readControllers } from './read-controllers.ts';
import { readMetadata } from './read-metadata.ts';
import { watchMetadata } from './watch-metadata.ts';

/** Kafka's metadata with its own controllers. */
export function kraftQuorum(cluster: Cluster): Quorum {
  return {
    component: 'controller',
    registry: (signal) => kraftRegistry(cluster, signal),
    readServers: (options) => readControllers(cluster, options),
    whyNotWhole: (signal) => whyNotWhole(cluster, signal),
    watch: (watch) => watchMetadata(cluster, watch),
    keepFormed: (fenced, signal) => markFormed(fenced, (probe) => whyNotWhole(cluster, probe), signal),
    readMetadata: (signal) => readMetadata(cluster, signal),
    forget: unregisterBrokers,
  };
}

async function whyNotWhole(cluster: Cluster, signal: AbortSignal): Promise<string[]> {
  const controllers = await readControllers(cluster, { signal });
  const active = controllers.find(({ mode }) => mode === 'leader');
  if (active === undefined) return ['waits for an active controller'];
  const synced = active.syncedFollowers ?? 0;
  if (synced >= controllers.length - 1) return [];
  return [
    `waits for the other controllers: ${synced} of ${controllers.length - 1} have all that the active one has`,
  ];
}
