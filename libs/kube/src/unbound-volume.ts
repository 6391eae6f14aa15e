import { isKafkaHaError } from '@kafka-ha/base';
import type { KubeObject } from './kube-object.ts';
import { getObject } from './objects.ts';
import type { Kube } from './open-kube.ts';
import type { Pod } from './pod.ts';
import { objectEvents } from './pod-events.ts';

type Claim = KubeObject & { spec: { storageClassName?: string }; status?: { phase?: string } };

/**
 * Why a pod that no node takes has a volume that nobody makes, and what to do about it; undefined where its volumes are no
 * trouble, or may not be read. Of this the scheduler says no more than that a claim is not bound.
 */
export async function unboundVolume(
  kube: Kube,
  { metadata: { namespace = '' }, spec }: Pod,
  signal?: AbortSignal,
): Promise<{ message: string; hint: string } | undefined> {
  const volumes = (spec['volumes'] ?? []) as { persistentVolumeClaim?: { claimName: string } }[];
  for (const { persistentVolumeClaim } of volumes) {
    if (persistentVolumeClaim === undefined) continue;
    const { claimName: name } = persistentVolumeClaim;
    try {
      const ref = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name };
      const claim = await getObject<Claim>(kube, ref, { signal });
      if (claim === undefined || claim.status?.phase !== 'Pending') continue;
      if ((claim.spec.storageClassName ?? '') === '') return withoutClass(name);
      const events = await objectEvents(kube, {
        namespace,
        kind: ref.kind,
        name,
        uid: claim.metadata.uid,
        signal,
      });
      const failed = events.findLast(({ reason }) => reason !== undefined && failures.has(reason));
      if (failed !== undefined) return notProvisioned(name, claim.spec.storageClassName, failed.message);
    } catch (error) {
      if (!isKafkaHaError(error) || error.code !== 'forbidden') throw error;
    }
  }
  return undefined;
}

/** https://github.com/kubernetes/kubernetes: pkg/controller/volume/events/event.go; waiting for a consumer is none. */
const failures: ReadonlySet<string> = new Set(['ProvisioningFailed', 'FailedBinding', 'VolumeMismatch']);

function withoutClass(claim: string) {
  return {
    message: `its volume ${claim} has no StorageClass, and the cluster has no default one.`,
    hint: 'Say which in the cluster file, `storage: {class: …}` (kubectl get storageclass), or make one the default.',
  };
}

function notProvisioned(claim: string, storageClass = '', why = '') {
  return {
    message: `nobody makes its volume ${claim} of StorageClass ${storageClass}: ${why.trim().replace(/\s+/g, ' ')}`,
    hint: 'Check `storage.class` in the cluster file against what there is: kubectl get storageclass.',
  };
}
