import { unregisterBrokers } from '@kafka-ha/kafka';
import { type Cluster, withSignal } from '../cluster.ts';
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
    registry: () => kraftRegistry(cluster),
    readServers: (options) => readControllers(cluster, options),
    whyNotWhole: () => whyNotWhole(cluster),
    watch: (watch) => watchMetadata(cluster, watch),
    keepFormed: (fenced) => markFormed(fenced, (probe) => whyNotWhole(withSignal(cluster, probe))),
    readMetadata: () => readMetadata(cluster),
    forget: unregisterBrokers,
  };
}

async function whyNotWhole(cluster: Cluster): Promise<string[]> {
  const controllers = await readControllers(cluster);
  const active = controllers.find(({ mode }) => mode === 'leader');
  if (active === undefined) return ['waits for an active controller'];
  const synced = active.syncedFollowers ?? 0;
  if (synced >= controllers.length - 1) return [];
  return [
    `waits for the other controllers: ${synced} of ${controllers.length - 1} have all that the active one has`,
  ];
}
