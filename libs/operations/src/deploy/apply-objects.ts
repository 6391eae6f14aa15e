import { applyObject } from '@kafka-ha/kube';
import { fieldManager, renderObjects, type KubernetesObject } from '@kafka-ha/manifests';
import type { FencedCluster } from '../connect.ts';
import { pruneUnrendered } from './prune-unrendered.ts';

export type Applied = { created: number; changed: number; unchanged: number; pruned: number };

/** Applies the desired objects in dependency order, then deletes those of this cluster that are no longer desired. */
export async function* applyObjects(
  { kube, spec }: FencedCluster,
  signal: AbortSignal,
  desired: readonly KubernetesObject[] = renderObjects(spec),
): AsyncGenerator<string, Applied> {
  const applied: Applied = { created: 0, changed: 0, unchanged: 0, pruned: 0 };
  for (const [index, object] of desired.entries()) {
    yield `${index + 1} of ${desired.length}: ${object.kind} ${object.metadata.name}`;
    const { outcome } = await applyObject(kube, object, { fieldManager, signal });
    applied[outcome] += 1;
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
