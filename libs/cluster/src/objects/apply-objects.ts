import { applyObject } from '@kafka-ha/kube';
import { fieldManager, renderObjects, type KubernetesObject } from '@kafka-ha/manifests';
import type { FencedCluster } from '../connect.ts';
import { withLiveVolumes } from './with-live-volumes.ts';
import { pruneUnrendered } from './prune-unrendered.ts';
import { remakeStatefulSet } from './remake-stateful-set.ts';

export type Applied = { created: number; changed: number; unchanged: number; pruned: number };

export type ApplySignals = {
  signal: AbortSignal;
  /** Fires only when the lock is lost: what is begun is ended under it. */
  lost?: AbortSignal;
};

/**
 * Applies the desired objects in dependency order, then deletes those of this cluster that are no longer desired. A
 * StatefulSet that must be made anew is deleted and made as one act in its turn, and only after the API server has said of
 * every object that it would take it.
 */
export async function* applyObjects(
  { kube, spec }: FencedCluster,
  { signal, lost = signal }: ApplySignals,
  desired: readonly KubernetesObject[] = renderObjects(spec),
): AsyncGenerator<string, Applied> {
  const applied: Applied = { created: 0, changed: 0, unchanged: 0, pruned: 0 };
  const apart = await Promise.all(desired.map((object) => withLiveVolumes(kube, object, signal)));
  if (apart.some(({ remake }) => remake !== undefined))
    for (const { object } of apart) await applyObject(kube, object, { fieldManager, dryRun: true, signal });
  for (const [index, object] of desired.entries()) {
    const what = `${object.kind} ${object.metadata.name}`;
    yield `${index + 1} of ${desired.length}: ${what}`;
    const live = apart[index]?.remake;
    if (live === undefined) {
      const { outcome } = await applyObject(kube, object, { fieldManager, signal });
      applied[outcome] += 1;
    } else {
      yield `making ${what} anew for other volumes; its pods run on`;
      await remakeStatefulSet({ kube }, { live, desired: object }, lost);
      applied.changed += 1;
    }
  }
  const pruned = await pruneUnrendered({ kube, spec }, desired, signal);
  applied.pruned = pruned.length;
  return applied;
}

/** "31 objects: 29 unchanged, 2 changed"; with nothing done, that nothing was. */
export function describeApplied({ created, changed, unchanged, pruned }: Applied): string {
  if (created + changed + pruned === 0)
    return `nothing to change: all ${unchanged} objects are as they should be`;
  const parts = [
    [created, 'created'],
    [changed, 'changed'],
    [unchanged, 'unchanged'],
    [pruned, 'pruned'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `${created + changed + unchanged + pruned} objects: ${said.join(', ')}`;
}
