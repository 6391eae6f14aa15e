import { pruneObjects, type ObjectRef } from '@kafka-ha/kube';
import { labelSelector, prunableKinds, type KubernetesObject } from '@kafka-ha/manifests';
import type { Cluster } from '../connect.ts';
import { noGuests } from '../guest/guest-job.ts';

/** Deletes what earlier deployments made and this one does not; with `dryRun` only says what that would be. */
export function pruneUnrendered(
  { kube, spec }: Cluster,
  desired: readonly KubernetesObject[],
  { dryRun = false, signal }: { dryRun?: boolean; signal: AbortSignal },
): Promise<ObjectRef[]> {
  return pruneObjects(kube, {
    kinds: prunableKinds,
    namespace: spec.namespace,
    labelSelector: `${labelSelector(spec)},${noGuests}`,
    keep: desired.map(({ apiVersion, kind, metadata }) => ({
      apiVersion,
      kind,
      namespace: spec.namespace,
      name: metadata.name,
    })),
    dryRun,
    signal,
  });
}
