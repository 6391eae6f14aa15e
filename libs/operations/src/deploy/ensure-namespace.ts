import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import { applyObject, getObject, withoutLease } from '@kafka-ha/kube';
import { fieldManager, renderNamespace } from '@kafka-ha/manifests';
import type { Cluster } from '@kafka-ha/cluster';

/**
 * Creates the namespace where it is missing. One that exists is left as it is: an admin may have made it, and a
 * deployer with a namespaced Role may not even read it.
 *
 * @throws KafkaHaError `conflict` while it is being deleted; `forbidden` where it is missing and may not be made.
 */
export async function ensureNamespace({ kube, spec }: Cluster, signal: AbortSignal): Promise<string> {
  const namespace = renderNamespace(spec);
  const ref = { apiVersion: 'v1', kind: 'Namespace', name: spec.namespace };
  let existing: Awaited<ReturnType<typeof getObject>>;
  try {
    existing = await getObject(kube, ref, { signal });
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'forbidden') return `${spec.namespace} is taken as given`;
    throw error;
  }
  if (existing === undefined) {
    await applyObject(withoutLease('the lease is in this namespace', kube), namespace, {
      fieldManager,
      signal,
    });
    return `${spec.namespace} created`;
  }
  if (existing.metadata.deletionTimestamp !== undefined)
    throw new KafkaHaError('conflict', `namespace ${spec.namespace} is being deleted`, {
      hint: 'Wait until it is gone (kubectl get namespace) and deploy again, or set another `namespace`.',
    });
  return `${spec.namespace} exists`;
}
