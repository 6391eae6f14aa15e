import { applyObject, deleteObject, getObject, patchObject, refOf, type StatefulSet } from '@kafka-ha/kube';
import { fieldManager, type KubernetesObject, renderObjects, restartAnnotation } from '@kafka-ha/manifests';
import { count, isKafkaHaError, KafkaHaError, waitFor } from '@kafka-ha/base';
import type { FencedCluster } from '../cluster.ts';
import { withLiveVolumes } from './with-live-volumes.ts';
import { pruneUnrendered } from './prune-unrendered.ts';

/** Its pods are let go by the garbage collector, within a second or two. */
const goneWithinMs = 60_000;
/** Its controller may write to it between reading and deleting. */
const tries = 10;

export type ApplyOptions = {
  /** All that the spec comes to by default. */
  desired?: readonly KubernetesObject[];
  /** Of them, those that are left as they are for now. */
  isLeft?: (object: KubernetesObject) => boolean;
  /** Fires only when the lock is lost: what is begun is ended under it. */
  stopNow?: AbortSignal;
};

export type AppliedCounts = { created: number; changed: number; unchanged: number; pruned: number };

/**
 * Applies the desired objects in dependency order, then deletes those of this cluster that are no longer desired. A
 * StatefulSet that must be made anew is deleted and made as one act in its turn, and only after the API server has said of
 * every object that it would take it.
 */
export async function* applyObjects(
  { kube, spec, signal }: FencedCluster,
  { desired = renderObjects(spec), isLeft = () => false, stopNow = signal }: ApplyOptions = {},
): AsyncGenerator<string, AppliedCounts> {
  const applied: AppliedCounts = { created: 0, changed: 0, unchanged: 0, pruned: 0 };
  const due = desired.filter((object) => !isLeft(object));
  const apart = await Promise.all(due.map((object) => withLiveVolumes(kube, object, signal)));
  if (apart.some(({ remake }) => remake !== undefined))
    for (const { object } of apart) await applyObject(kube, object, { fieldManager, dryRun: true, signal });
  for (const [index, object] of due.entries()) {
    const what = `${object.kind} ${object.metadata.name}`;
    yield `${index + 1} of ${due.length}: ${what}`;
    const live = apart[index]?.remake;
    if (live === undefined) {
      const { outcome } = await applyObject(kube, object, { fieldManager, signal });
      applied[outcome] += 1;
    } else {
      yield `recreating ${what} for other volumes; its pods keep running`;
      await remakeStatefulSet({ kube }, { live, desired: object }, stopNow);
      applied.changed += 1;
    }
  }
  const pruned = await pruneUnrendered({ kube, spec, signal }, desired);
  applied.pruned = pruned.length;
  return applied;
}

/** "31 objects: 29 unchanged, 2 changed"; with nothing done, that nothing was. */
export function describeApplied({ created, changed, unchanged, pruned }: AppliedCounts): string {
  if (created + changed + pruned === 0)
    return `nothing to change: all ${unchanged} objects are as they should be`;
  const parts = [
    [created, 'created'],
    [changed, 'changed'],
    [unchanged, 'unchanged'],
    [pruned, 'pruned'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `${count(created + changed + unchanged + pruned, 'object')}: ${said.join(', ')}`;
}

/**
 * Makes a StatefulSet anew whose template of a volume is to be another, as the API server changes none: it is deleted without
 * its pods, which run on, and made at once; of the same template, they are its own again. What it knows of restarts that
 * were asked for is carried over. Once begun it is to be ended: give the signal that fires only when the lock is lost.
 *
 * @param live as it was when it was compared: whatever somebody has changed since is a conflict.
 */
async function remakeStatefulSet(
  { kube }: Pick<FencedCluster, 'kube'>,
  { live, desired }: { live: StatefulSet; desired: KubernetesObject },
  stopNow: AbortSignal,
): Promise<void> {
  const ref = refOf(desired);
  await deleteAsCompared(kube, live, stopNow);
  await waitFor(
    `StatefulSet ${ref.name} to release its pods`,
    async (probe) => {
      const now = await getObject(kube, ref, { signal: probe });
      return now?.metadata.uid !== live.metadata.uid;
    },
    { deadlineMs: goneWithinMs, intervalMs: 100, signal: stopNow },
  );
  await applyObject(kube, desired, { fieldManager, signal: stopNow });
  const requested = live.metadata.annotations?.[restartAnnotation];
  if (requested === undefined) return;
  const metadata = { annotations: { [restartAnnotation]: requested } };
  await patchObject(kube, ref, { metadata }, { fieldManager: 'kafka-ha-restart', signal: stopNow });
}

/** What only its controller has written since, its status, is no reason to stop. */
async function deleteAsCompared(
  kube: FencedCluster['kube'],
  live: StatefulSet,
  signal: AbortSignal,
): Promise<void> {
  const ref = refOf(live);
  const { uid, generation } = live.metadata;
  let { resourceVersion } = live.metadata;
  for (let left = tries; ; left -= 1) {
    try {
      const preconditions = { ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) };
      await deleteObject(kube, ref, { propagationPolicy: 'Orphan', preconditions, signal });
      return;
    } catch (error) {
      if (!isKafkaHaError(error) || error.code !== 'conflict' || left === 1) throw error;
      const now = await getObject<StatefulSet>(kube, ref, { signal });
      if (now?.metadata.uid !== uid || now?.metadata.generation !== generation)
        throw new KafkaHaError('conflict', `somebody else is changing StatefulSet ${ref.name}`, {
          hint: 'Find out who, and run the same command again.',
          cause: error,
        });
      ({ resourceVersion } = now!.metadata);
    }
  }
}
