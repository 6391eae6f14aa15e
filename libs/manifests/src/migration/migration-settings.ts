import type { Spec } from '@kafka-ha/config';
import { zookeeperConnection } from '../zookeeper/zookeeper-connection.ts';

/**
 * What has controllers copy the metadata of a ZooKeeper cluster, tell its brokers who leads, and write to ZooKeeper what they
 * decide. An active controller without it ends the migration, silently and for good: it is taken away by the last step alone.
 */
export function migrationSettings(spec: Spec): Record<string, string> {
  return {
    ...zookeeperConnection(spec),
    [migrationFlag]: 'true',
    // At which of their listeners brokers are told.
    'inter.broker.listener.name': 'REPLICATION',
  };
}

export const migrationFlag = 'zookeeper.metadata.migration.enable';
