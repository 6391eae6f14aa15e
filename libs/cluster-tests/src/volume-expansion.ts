import { setTimeout as sleep } from 'node:timers/promises';
import { listObjects, patchObject, request, type FencedKube } from '@kafka-ha/kube';

/**
 * Volumes of a local cluster are folders and cannot grow. So that all else of it is seen, their class allows it for a while,
 * and what a driver would report of a volume in the namespace is reported at once.
 */
export async function withExpansion(
  kube: FencedKube,
  namespace: string,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const ended = new AbortController();
  await setExpansion(kube, true);
  const reporting = (async () => {
    while (!ended.signal.aborted) {
      await reportGrown(kube, namespace);
      await sleep(500);
    }
  })();
  try {
    await meanwhile();
  } finally {
    ended.abort();
    await reporting;
    await setExpansion(kube, false);
  }
}

async function setExpansion(kube: FencedKube, allowVolumeExpansion: boolean): Promise<void> {
  const ref = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' };
  for (const { metadata } of await listObjects(kube, ref))
    await patchObject(kube, { ...ref, name: metadata.name }, { allowVolumeExpansion });
}

async function reportGrown(kube: FencedKube, namespace: string): Promise<void> {
  const selection = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace };
  for (const claim of await listObjects(kube, selection)) {
    const { resources } = claim['spec'] as { resources: { requests: { storage: string } } };
    const { capacity } = claim['status'] as { capacity?: { storage: string } };
    if (capacity?.storage === resources.requests.storage) continue;
    await request(kube, {
      method: 'PATCH',
      path: `/api/v1/namespaces/${namespace}/persistentvolumeclaims/${claim.metadata.name}/status`,
      contentType: 'application/merge-patch+json',
      body: { status: { capacity: resources.requests } },
      what: `report the capacity of ${claim.metadata.name}`,
    });
  }
}
