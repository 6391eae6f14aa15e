import { getObject, listObjects, type KubeObject, type StatefulSet } from '@kafka-ha/kube';
import { claimOf, labelSelector, names, quorumComponentOf, type Component } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { statefulSetRef } from '../refs.ts';

/**
 * How many brokers and servers of the quorum there are; undefined before the first deployment. Where a StatefulSet is missing
 * its pods say so, which run on without it, and where these are gone, too, their volumes.
 */
export async function readSizeThere(
  cluster: Cluster,
): Promise<{ brokers: number | undefined; servers: number | undefined }> {
  const [brokers, servers] = await Promise.all([
    membersThere(cluster, 'kafka'),
    membersThere(cluster, quorumComponentOf(cluster.spec)),
  ]);
  return { brokers, servers };
}

/** How many of one kind there are; undefined where there is neither a pod nor a volume of it. */
export async function membersThere(cluster: Cluster, component: Component): Promise<number | undefined> {
  const { kube, spec } = cluster;
  const name = names(spec)[component];
  const ref = statefulSetRef(spec, component);
  const set = await getObject<StatefulSet>(kube, ref, { signal: cluster.signal });
  if (set !== undefined) return set.spec.replicas ?? 1;
  return (
    (await highest(cluster, 'Pod', `${name}-`)) ??
    (await highest(cluster, 'PersistentVolumeClaim', claimOf(`${name}-`)))
  );
}

/** One more than the highest ordinal. */
async function highest(
  { kube, spec, signal }: Cluster,
  kind: 'Pod' | 'PersistentVolumeClaim',
  prefix: string,
): Promise<number | undefined> {
  const { namespace } = spec;
  const selection = { apiVersion: 'v1', kind, namespace, labelSelector: labelSelector(spec) };
  const objects = await listObjects<KubeObject>(kube, selection, { signal });
  const ordinals = objects
    .map(({ metadata }) => metadata.name)
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
  return ordinals.length === 0 ? undefined : Math.max(...ordinals) + 1;
}
