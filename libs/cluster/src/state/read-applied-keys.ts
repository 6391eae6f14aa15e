import { getObject, type KubeObject } from '@kafka-ha/kube';
import { fromProperties, names } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';

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
