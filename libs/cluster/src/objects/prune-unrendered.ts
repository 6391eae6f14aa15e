import type { Spec } from '@kafka-ha/config';
import { pruneObjects, type ObjectRef, type PruneOptions } from '@kafka-ha/kube';
import { type KubernetesObject, labelSelector, noGuests, prunableKinds } from '@kafka-ha/manifests';
import type { Cluster, FencedCluster } from '../cluster.ts';

/** Deletes what earlier deployments made and this one does not. */
export function pruneUnrendered(
  { kube, spec, signal }: FencedCluster,
  desired: readonly KubernetesObject[],
): Promise<ObjectRef[]> {
  return pruneObjects(kube, { ...unrendered(spec, desired), signal });
}

/** What `pruneUnrendered` would delete. */
export function findUnrendered(
  { kube, spec, signal }: Cluster,
  desired: readonly KubernetesObject[],
): Promise<ObjectRef[]> {
  return pruneObjects(kube, { ...unrendered(spec, desired), dryRun: true, signal });
}

function unrendered(spec: Spec, desired: readonly KubernetesObject[]): PruneOptions {
  return {
    kinds: prunableKinds,
    namespace: spec.namespace,
    labelSelector: `${labelSelector(spec)},${noGuests}`,
    keep: desired.map(({ apiVersion, kind, metadata }) => ({
      apiVersion,
      kind,
      namespace: spec.namespace,
      name: metadata.name,
    })),
  };
}
