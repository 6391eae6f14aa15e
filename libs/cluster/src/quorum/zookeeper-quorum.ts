import { isMigrating } from '@kafka-ha/config';
import type { Cluster } from '../cluster.ts';
import { kraftRegistry } from './kraft-registry.ts';
import { migratingRegistry } from './migrating-registry.ts';
import type { Quorum } from './quorum-port.ts';
import { readZookeeper } from './read-zookeeper.ts';
import { watchZookeeper } from './watch-zookeeper.ts';
import { zookeeperRegistry } from './zookeeper-registry.ts';

/** Kafka's metadata in ZooKeeper. */
export function zookeeperQuorum(cluster: Cluster): Quorum {
  return {
    component: 'zookeeper',
    registry: () => {
      const registry = zookeeperRegistry(cluster);
      if (!isMigrating(cluster.spec.mode)) return registry;
      return migratingRegistry(registry, kraftRegistry(cluster));
    },
    readServers: (options) => readZookeeper(cluster, options),
    whyNotWhole: () => whyNotWhole(cluster),
    watch: (watch) => watchZookeeper(cluster, watch),
    // A server that has lost its data copies the leader's, and a registration ends with its session.
    keepFormed: async () => undefined,
    forget: async () => undefined,
  };
}

async function whyNotWhole(cluster: Cluster): Promise<string[]> {
  const servers = await readZookeeper(cluster);
  if (servers.length === 1) return [];
  const leader = servers.find(({ mode }) => mode === 'leader');
  if (leader === undefined) return ['waits for a ZooKeeper leader'];
  const synced = leader.syncedFollowers ?? 0;
  if (synced >= servers.length - 1) return [];
  return [`waits for the followers: ${synced} of ${servers.length - 1} in sync`];
}
