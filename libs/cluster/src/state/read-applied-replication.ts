import type { Spec } from '@kafka-ha/config';
import type { Cluster } from '../cluster.ts';
import { readAppliedKeys } from './read-applied-keys.ts';
import { readServerProperties } from './read-server-properties.ts';

/**
 * The replication that the cluster was given last, by a deployment or a scale: what new topics get, and what writes wait for.
 * Undefined before the first deployment.
 */
export async function readAppliedReplication(cluster: Cluster): Promise<Spec['replication'] | undefined> {
  const [file, dynamic] = await Promise.all([readServerProperties(cluster), readAppliedKeys(cluster)]);
  const factor = Number(file?.['default.replication.factor']);
  const minInSync = Number(dynamic?.['min.insync.replicas']);
  return factor > 0 && minInSync > 0 ? { factor, minInSync } : undefined;
}
