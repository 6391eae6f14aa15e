import { formatBytes } from '@kafka-ha/config';
import type { ObjectChange } from '@kafka-ha/planning';
import { type Cluster, readClaims, wantedBytes } from '@kafka-ha/cluster';

/** Which volumes a deployment would grow. */
export async function planVolumes(cluster: Cluster): Promise<ObjectChange[]> {
  const claims = await readClaims(cluster);
  return claims.flatMap(({ object, component, requestedBytes }): ObjectChange[] => {
    const bytes = wantedBytes(cluster.spec, component);
    if (requestedBytes >= bytes) return [];
    const path = 'spec.resources.requests.storage';
    const field = { path, from: formatBytes(requestedBytes), to: formatBytes(bytes) };
    return [{ kind: 'change', object: `PersistentVolumeClaim ${object.metadata.name}`, fields: [field] }];
  });
}
