import { createHash } from 'node:crypto';
import type { ClusterName } from '../names.ts';

/**
 * What every volume of the cluster is formatted with, and Kafka compares when a node joins: 22 characters of base64url.
 * It follows from the namespace and the name: so the objects are the same each time, nothing has to be kept, and volumes
 * that outlived their cluster belong to the next one of that name.
 */
export function clusterIdOf({ name, namespace }: ClusterName & { namespace: string }): string {
  return createHash('sha256').update(`${namespace}/${name}`).digest().subarray(0, 16).toString('base64url');
}
