import { formatBytes } from '@kafka-ha/config';
import type { ObjectChange, Obstacle } from '@kafka-ha/planning';
import type { Cluster } from '../connect.ts';
import { whySmaller } from '../volumes/grow-volumes.ts';
import { readClaims, wantedBytes } from '../volumes/volume-claims.ts';

/** Which volumes a deployment would grow, and which it cannot make as small as the file says. */
export async function planVolumes(
  cluster: Cluster,
  signal: AbortSignal,
): Promise<{ objects: ObjectChange[]; obstacles: Obstacle[] }> {
  const claims = await readClaims(cluster, signal);
  const wanted = claims.map((claim) => ({ claim, bytes: wantedBytes(cluster.spec, claim.component) }));
  return {
    objects: wanted.flatMap(({ claim: { object, requestedBytes }, bytes }): ObjectChange[] => {
      if (requestedBytes >= bytes) return [];
      const path = 'spec.resources.requests.storage';
      const field = { path, from: formatBytes(requestedBytes), to: formatBytes(bytes) };
      return [{ kind: 'change', object: `PersistentVolumeClaim ${object.metadata.name}`, fields: [field] }];
    }),
    obstacles: wanted.flatMap(({ claim, bytes }): Obstacle[] => {
      const why = whySmaller(claim, bytes);
      return why === undefined ? [] : [{ kind: 'refused', why }];
    }),
  };
}
