import type { FencedKube } from './fence.ts';
import { describeRef, type ObjectRef } from './kube-object.ts';
import { request } from './request.ts';
import { objectPath } from './resource-path.ts';

/** What a container is promised of a resource: a Kubernetes quantity, e.g. `250m`. */
export type ContainerRequests = { name: string; resources: { requests: { cpu: string } } };

/**
 * Asks for other CPU requests of a pod's containers while they run; its status tells what becomes of it.
 *
 * @throws KafkaHaError `not-found` where Kubernetes does not know how (before 1.33), `forbidden`, `kubernetes-refused`.
 */
export async function resizePod(
  kube: FencedKube,
  pod: ObjectRef,
  containers: readonly ContainerRequests[],
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  await request(kube, {
    method: 'PATCH',
    path: `${objectPath(pod)}/resize`,
    contentType: 'application/strategic-merge-patch+json',
    body: { spec: { containers } },
    what: `resize ${describeRef(pod)}`,
    signal,
  });
}
