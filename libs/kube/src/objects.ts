import { isKafkaHaError } from '@kafka-ha/base';
import type { FencedKube } from './fence.ts';
import { describeRef, type KubeObject, type ObjectRef } from './kube-object.ts';
import type { Kube } from './open-kube.ts';
import { request } from './request.ts';
import { collectionPath, objectPath } from './resource-path.ts';

type WithSignal = { signal?: AbortSignal };

/** Reads one object; undefined where there is none. */
export async function getObject<T extends KubeObject = KubeObject>(
  kube: Kube,
  ref: ObjectRef,
  { signal }: WithSignal = {},
): Promise<T | undefined> {
  return undefinedIfNotFound(async () => {
    const call = { method: 'GET', path: objectPath(ref), what: `read ${describeRef(ref)}`, signal } as const;
    return (await request<T>(kube, call)).body;
  });
}

export type Selection = {
  apiVersion: string;
  kind: string;
  /** All namespaces where it is left out. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
};

/** Reads all objects of a kind that the selectors match. */
export async function listObjects<T extends KubeObject = KubeObject>(
  kube: Kube,
  selection: Selection,
  { signal }: WithSignal = {},
): Promise<T[]> {
  const { apiVersion, kind, namespace, labelSelector, fieldSelector } = selection;
  const { body } = await request<{ items: T[] }>(kube, {
    method: 'GET',
    path: collectionPath({ apiVersion, kind, namespace }),
    query: { labelSelector, fieldSelector },
    what: `list objects of kind ${kind}${namespace === undefined ? '' : ` in namespace ${namespace}`}`,
    signal,
  });
  // The API server leaves these out of a list's items.
  return body.items.map((item) => ({ ...item, apiVersion, kind }));
}

/** Changes the fields in `patch` alone, `null` removes one (JSON merge patch, RFC 7386). */
export async function patchObject<T extends KubeObject = KubeObject>(
  kube: FencedKube,
  ref: ObjectRef,
  patch: Record<string, unknown>,
  { fieldManager, signal }: WithSignal & { fieldManager?: string } = {},
): Promise<T> {
  const { body } = await request<T>(kube, {
    method: 'PATCH',
    path: objectPath(ref),
    query: { fieldManager },
    contentType: 'application/merge-patch+json',
    body: patch,
    what: `change ${describeRef(ref)}`,
    signal,
  });
  return body;
}

export type DeleteOptions = WithSignal & {
  /** What becomes of the objects that it owns; `Background` unless told. */
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** Zero kills at once. */
  gracePeriodSeconds?: number;
  /** Refused with `conflict` where the object is another one by now, or has changed. */
  preconditions?: { uid?: string; resourceVersion?: string };
  /** Only ask whether it would be done. */
  dryRun?: boolean;
};

/** Asks for an object's deletion and does not wait for it. True where there was one. */
export async function deleteObject(
  kube: FencedKube,
  ref: ObjectRef,
  options: DeleteOptions = {},
): Promise<boolean> {
  const { propagationPolicy = 'Background', gracePeriodSeconds, preconditions, signal } = options;
  const dryRun = options.dryRun === true ? 'All' : undefined;
  const deleted = await undefinedIfNotFound(async () => {
    await request(kube, {
      method: 'DELETE',
      path: objectPath(ref),
      // The fence goes by the query. The API server heeds that only where there is no body.
      query: { dryRun },
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy,
        gracePeriodSeconds,
        preconditions,
        dryRun: dryRun && [dryRun],
      },
      what: `delete ${describeRef(ref)}`,
      signal,
    });
    return true;
  });
  return deleted ?? false;
}

async function undefinedIfNotFound<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'not-found') return undefined;
    throw error;
  }
}
