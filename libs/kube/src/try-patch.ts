import { describeRef, type KubeObject, type ObjectRef } from './kube-object.ts';
import type { Kube } from './open-kube.ts';
import { request } from './request.ts';
import { objectPath } from './resource-path.ts';

/**
 * Asks the API server whether it would take a change of the fields in `patch`, quotas and admission included. Stores nothing.
 *
 * @throws KafkaHaError with the refusal that the change itself would meet.
 */
export async function tryPatch<T extends KubeObject = KubeObject>(
  kube: Kube,
  ref: ObjectRef,
  patch: Record<string, unknown>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<T> {
  const { body } = await request<T>(kube, {
    method: 'PATCH',
    path: objectPath(ref),
    query: { dryRun: 'All' },
    contentType: 'application/merge-patch+json',
    body: patch,
    what: `change ${describeRef(ref)}`,
    signal,
  });
  return body;
}
