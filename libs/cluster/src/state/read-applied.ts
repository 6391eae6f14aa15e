import type { Spec } from '@kafka-ha/config';
import { getObject, type KubeObject, listObjects, type Pod, type StatefulSet } from '@kafka-ha/kube';
import { fromProperties, names, configAnnotation } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { membersQuery, statefulSetRef } from '../refs.ts';

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

/** The dynamic keys that were applied last; undefined before the first deploy. */
export async function readAppliedKeys({
  kube,
  spec,
  signal,
}: Cluster): Promise<Record<string, string> | undefined> {
  const ref = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: spec.namespace,
    name: names(spec).dynamicConfig,
  };
  const map = await getObject<KubeObject & { data?: Record<string, string> }>(kube, ref, { signal });
  return map === undefined ? undefined : fromProperties(map.data?.['dynamic.properties'] ?? '');
}

/**
 * The settings that each broker reads at its start, as they were applied last: of the StatefulSet, or where it is missing, of a
 * pod. Undefined before the first deployment.
 */
export async function readServerProperties({
  kube,
  spec,
  signal,
}: Cluster): Promise<Record<string, string> | undefined> {
  const name = names(spec).kafka;
  const ref = statefulSetRef(spec, 'kafka');
  const set = await getObject<StatefulSet>(kube, ref, { signal });
  const template = set?.spec['template'] as Pick<Pod, 'metadata'> | undefined;
  const pods = async () => {
    const selection = membersQuery(spec, 'Pod');
    return (await listObjects<Pod>(kube, selection, { signal })).find((pod) =>
      pod.metadata.name.startsWith(`${name}-`),
    );
  };
  const { metadata } = template ?? (await pods()) ?? {};
  const text = metadata?.annotations?.[configAnnotation('server.properties')];
  return text === undefined ? undefined : fromProperties(text);
}
