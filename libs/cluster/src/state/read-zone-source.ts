import { whyZonesAreNotHeeded, type ZoneSource } from '@kafka-ha/health';
import { listObjects, serverVersion, type Kube } from '@kafka-ha/kube';
import type { Cluster } from '../cluster.ts';

/** What tells whether pods can know their zones; undefined where the API server does not say. */
export async function readZoneSource({
  kube,
  signal,
}: Pick<Cluster, 'kube' | 'signal'>): Promise<ZoneSource | undefined> {
  try {
    const untold = { kubernetes: await serverVersion(kube, { signal }), ofNodes: null };
    // Thousands of nodes are many megabytes, and this is read time and again.
    if (whyZonesAreNotHeeded(untold) === null) return untold;
    return { ...untold, ofNodes: await zonesOfNodes(kube, signal) };
  } catch {
    return undefined;
  }
}

/** Null where nodes may not be listed, as a Role of one namespace cannot allow. */
async function zonesOfNodes(kube: Kube, signal: AbortSignal): Promise<string[] | null> {
  try {
    const nodes = await listObjects(kube, { apiVersion: 'v1', kind: 'Node' }, { signal });
    return nodes.flatMap(({ metadata }) => metadata.labels?.['topology.kubernetes.io/zone'] ?? []);
  } catch {
    return null;
  }
}
