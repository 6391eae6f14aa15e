import type { Cluster, FencedCluster } from '@kafka-ha/cluster';
import type { Spec } from '@kafka-ha/config';
import { applyObject, getObject, type KubeObject } from '@kafka-ha/kube';
import { exporterFiles, fieldManager, isExporters, names, renderObjects } from '@kafka-ha/manifests';

type Promised = Pick<Spec, 'replication' | 'tolerance'>;

/**
 * Has the exporter hold the cluster against what is true all the time while replicas are moved: all brokers are there, those
 * that come and those that leave, and the smaller one of the old and the new tolerance is kept. Else it would find broken
 * what is under way, and alerts would fire for it.
 */
export async function tellExporter(cluster: FencedCluster, from: number): Promise<void> {
  const { kube, spec, signal } = cluster;
  if (spec.metrics === null) return;
  const told = await readTold(cluster);
  const kept = told !== undefined && told.tolerance < spec.tolerance ? told : undefined;
  const meanwhile = { ...spec, ...kept, brokers: Math.max(from, spec.brokers) };
  for (const object of renderObjects(meanwhile).filter((each) => isExporters(spec, each)))
    await applyObject(kube, object, { fieldManager, signal });
}

/** What the exporter was told to be promised last; undefined where that cannot be known. */
async function readTold({ kube, spec, signal }: Cluster): Promise<Promised | undefined> {
  const { namespace } = spec;
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: names(spec).exporter };
  const map = await getObject<KubeObject & { data?: Record<string, string> }>(kube, ref, { signal });
  try {
    const { tolerance, replication } = JSON.parse(map?.data?.[exporterFiles.spec] ?? '') as Partial<Promised>;
    if (tolerance === undefined || replication === undefined) return undefined;
    return { tolerance, replication };
  } catch {
    return undefined;
  }
}
