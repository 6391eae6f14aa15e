import { isKafkaHaError } from '@kafka-ha/errors';
import { applyObject, type KubeObject } from '@kafka-ha/kube';
import { fieldManager, renderObjects, type KubernetesObject } from '@kafka-ha/manifests';
import { fieldChanges, type ObjectChange } from '@kafka-ha/planning';
import type { Cluster } from '../connect.ts';
import { pruneUnrendered } from '../deploy/prune-unrendered.ts';

/** Which objects a deployment would create, change and prune, by a dry run of each. */
export async function planObjects({ kube, spec }: Cluster, signal: AbortSignal): Promise<ObjectChange[]> {
  const desired = renderObjects(spec);
  const changes = await Promise.all(desired.map((object) => planObject(kube, object, signal)));
  const pruned = await pruneUnrendered({ kube, spec }, desired, { dryRun: true, signal });
  return [
    ...changes.flat(),
    ...pruned.map(({ kind, name }): ObjectChange => ({ kind: 'prune', object: `${kind} ${name}` })),
  ];
}

async function planObject(
  kube: Cluster['kube'],
  object: KubernetesObject,
  signal: AbortSignal,
): Promise<ObjectChange[]> {
  const label = `${object.kind} ${object.metadata.name}`;
  try {
    const {
      outcome,
      before,
      object: after,
    } = await applyObject(kube, object, {
      fieldManager,
      dryRun: true,
      signal,
    });
    if (outcome === 'created') return [{ kind: 'create', object: label }];
    const fields = outcome === 'unchanged' ? [] : fieldChanges(comparable(before), comparable(after));
    return fields.length === 0 ? [] : [{ kind: 'change', object: label, fields }];
  } catch (error) {
    // A dry run finds no namespace that is yet to be made.
    if (isKafkaHaError(error) && error.code === 'not-found') return [{ kind: 'create', object: label }];
    throw error;
  }
}

/** Without what the API server counts and keeps for itself. */
function comparable(object: KubeObject | undefined): unknown {
  if (object === undefined) return undefined;
  const { metadata, ...rest } = object;
  const { name, labels, annotations } = metadata;
  return { ...rest, status: undefined, metadata: { name, labels, annotations } };
}
