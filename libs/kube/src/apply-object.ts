import { isDeepStrictEqual } from 'node:util';
import { isKafkaHaError } from '@kafka-ha/base';
import type { FencedKube } from './fence.ts';
import { describeRef, refOf, type KubeObject, type ObjectRef } from './kube-object.ts';
import { getObject } from './objects.ts';
import type { Kube } from './open-kube.ts';
import { request } from './request.ts';
import { objectPath } from './resource-path.ts';

export type ApplyOptions = {
  /** Who owns the fields that are applied. Always the same, else fields that are no longer sent stay. */
  fieldManager: string;
  /** Take fields over from other managers instead of failing with `conflict`. */
  force?: boolean;
  /** Have the API server check everything and store nothing. */
  dryRun?: boolean;
  signal?: AbortSignal;
};

export type AppliedObject<T extends KubeObject> = {
  outcome: 'created' | 'changed' | 'unchanged';
  /** As it was; absent where there was none, or where it may not be read. */
  before?: T;
  /** As the API server has it now, or would have it after a dry run. */
  object: T;
};

/**
 * Makes the cluster hold this object, by server-side apply. A field that the API server does not know is an error, not dropped.
 * Where reading the object is not allowed, `unchanged` cannot be told from `changed`, and `changed` is said.
 *
 * @throws KafkaHaError `conflict` naming other owners of its fields, `forbidden`, `kubernetes-refused` with the API server's causes.
 */
export function applyObject<T extends KubeObject>(
  kube: Kube,
  object: T,
  options: ApplyOptions & { dryRun: true },
): Promise<AppliedObject<T>>;
export function applyObject<T extends KubeObject>(
  kube: FencedKube,
  object: T,
  options: ApplyOptions,
): Promise<AppliedObject<T>>;
export async function applyObject<T extends KubeObject>(
  kube: Kube,
  object: T,
  options: ApplyOptions,
): Promise<AppliedObject<T>> {
  const ref = refOf(object);
  const before = await readIfAllowed<T>(kube, ref, options.signal);
  // Without a fence it is a dry run, or refused there.
  const { status, body: after } = await request<T>(kube as FencedKube, {
    method: 'PATCH',
    path: objectPath(ref),
    query: {
      fieldManager: options.fieldManager,
      force: options.force ?? false,
      fieldValidation: 'Strict',
      dryRun: options.dryRun ? 'All' : undefined,
    },
    contentType: 'application/apply-patch+yaml',
    body: object,
    what: `apply ${describeRef(ref)}`,
    signal: options.signal,
  });
  if (status === 201) return { outcome: 'created', object: after };
  if (before === undefined) return { outcome: 'changed', object: after };
  const outcome = isSame(before, after, options.fieldManager) ? 'unchanged' : 'changed';
  return { outcome, before, object: after };
}

async function readIfAllowed<T extends KubeObject>(
  kube: Kube,
  ref: ObjectRef,
  signal?: AbortSignal,
): Promise<T | undefined> {
  try {
    return await getObject<T>(kube, ref, { signal });
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'forbidden') return undefined;
    throw error;
  }
}

/**
 * An apply that changes nothing leaves the resource version. The reverse does not hold: a controller may have written the
 * status in between, and a dry run never moves the version. So what is compared is what an apply can change.
 */
function isSame(before: KubeObject, after: KubeObject, fieldManager: string): boolean {
  return isDeepStrictEqual(applicable(before, fieldManager), applicable(after, fieldManager));
}

function applicable({ metadata, ...object }: KubeObject, fieldManager: string): unknown {
  const owned = metadata.managedFields
    ?.filter(({ manager, operation }) => manager === fieldManager && operation === 'Apply')
    .map(({ fieldsV1 }) => fieldsV1);
  return { ...object, status: null, metadata: { ...metadata, resourceVersion: null, managedFields: owned } };
}
