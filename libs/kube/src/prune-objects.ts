import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import type { FencedKube } from './fence.ts';
import { refOf, type ObjectRef } from './kube-object.ts';
import { deleteObject, listObjects } from './objects.ts';
import type { Kube } from './open-kube.ts';

/** What nothing here deletes: the data of a cluster. */
const neverPruned = ['PersistentVolumeClaim', 'PersistentVolume', 'Namespace'];

export type PruneOptions = {
  /** `passOver: 'forbidden'`: one that we may not list has nothing of ours. */
  kinds: readonly { apiVersion: string; kind: string; passOver?: 'forbidden' }[];
  namespace: string;
  /** Only what matches is looked at. Everything of this cluster, and nothing else, must match. */
  labelSelector: string;
  keep: readonly ObjectRef[];
  /** Only say what would be deleted. */
  dryRun?: boolean;
  signal?: AbortSignal;
};

/**
 * Deletes what bears the label and is not to be kept: server-side apply adds and changes but never deletes.
 *
 * @returns what was, or would be, deleted.
 * @throws KafkaHaError `internal` where it is asked to delete volumes.
 */
export function pruneObjects(kube: Kube, options: PruneOptions & { dryRun: true }): Promise<ObjectRef[]>;
export function pruneObjects(kube: FencedKube, options: PruneOptions): Promise<ObjectRef[]>;
export async function pruneObjects(kube: Kube, options: PruneOptions): Promise<ObjectRef[]> {
  const { kinds, namespace, labelSelector, keep, dryRun = false, signal } = options;
  const forbidden = kinds.find(({ kind }) => neverPruned.includes(kind));
  if (forbidden !== undefined)
    throw new KafkaHaError('internal', `Objects of kind ${forbidden.kind} are never pruned.`);
  if (labelSelector === '') throw new KafkaHaError('internal', 'Pruning needs a label selector.');
  const kept = new Set(keep.map((ref) => identity(ref)));
  const pruned: ObjectRef[] = [];
  for (const { apiVersion, kind, passOver } of kinds) {
    const query = { apiVersion, kind, namespace, labelSelector };
    const found = await listObjects(kube, query, { signal }).catch((error: unknown) => {
      if (isKafkaHaError(error) && error.code === passOver) return [];
      throw error;
    });
    for (const object of found) {
      const ref = refOf(object);
      if (kept.has(identity(ref)) || object.metadata.deletionTimestamp !== undefined) continue;
      const preconditions = { uid: object.metadata.uid };
      if (dryRun || (await deleteObject(kube as FencedKube, ref, { preconditions, signal })))
        pruned.push(ref);
    }
  }
  return pruned;
}

/** Without the version of the API: the same object is served under several. */
function identity({ apiVersion, kind, name }: ObjectRef): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return `${group}/${kind}/${name}`;
}
