import { isKafkaHaError } from '@kafka-ha/errors';
import { formatBytes } from '@kafka-ha/config';
import { applyObject, getObject, refOf, type KubeObject, type StatefulSet } from '@kafka-ha/kube';
import { fieldManager, renderObjects, type KubernetesObject } from '@kafka-ha/manifests';
import { fieldChanges, type FieldChange, type ObjectChange } from '@kafka-ha/planning';
import type { Cluster } from '../connect.ts';
import { findUnrendered } from '../deploy/prune-unrendered.ts';
import { templateBytes } from '../volumes/volume-claims.ts';

/** Which objects a deployment would create, change and prune, by a dry run of each. */
export async function planObjects({ kube, spec }: Cluster, signal: AbortSignal): Promise<ObjectChange[]> {
  const desired = renderObjects(spec);
  const changes = await Promise.all(desired.map((object) => planObject(kube, object, signal)));
  const pruned = await findUnrendered({ kube, spec }, desired, signal);
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
    const volume = await planVolumeTemplate(kube, object, signal);
    const options = { fieldManager, dryRun: true as const, signal };
    const { outcome, before, object: after } = await applyObject(kube, volume.object, options);
    if (outcome === 'created') return [{ kind: 'create', object: label }];
    const fields = [...fieldChanges(comparable(before), comparable(after)), ...volume.fields];
    return fields.length === 0 ? [] : [{ kind: 'change', object: label, fields }];
  } catch (error) {
    // A dry run finds no namespace that is yet to be made.
    if (isKafkaHaError(error) && error.code === 'not-found') return [{ kind: 'create', object: label }];
    throw error;
  }
}

/**
 * The API server refuses a StatefulSet with other volumes than it has, also in a dry run, as a deployment makes it anew for
 * that: so it is compared with those that it has, and what becomes of them is said beside.
 */
async function planVolumeTemplate(
  kube: Cluster['kube'],
  object: KubernetesObject,
  signal: AbortSignal,
): Promise<{ object: KubernetesObject; fields: FieldChange[] }> {
  if (object.kind !== 'StatefulSet') return { object, fields: [] };
  const there = await getObject<StatefulSet>(kube, refOf(object), { signal });
  const wanted = object as unknown as StatefulSet;
  if (there === undefined || templateBytes(there) === templateBytes(wanted)) return { object, fields: [] };
  const { volumeClaimTemplates } = there.spec;
  const path = 'spec.volumeClaimTemplates[data].spec.resources.requests.storage';
  const [from, to] = [there, wanted].map((set) => formatBytes(templateBytes(set)));
  const spec = { ...wanted.spec, volumeClaimTemplates };
  return { object: { ...object, spec } as KubernetesObject, fields: [{ path, from: from!, to: to! }] };
}

/** Without what the API server counts and keeps for itself. */
function comparable(object: KubeObject | undefined): unknown {
  if (object === undefined) return undefined;
  const { metadata, ...rest } = object;
  const { name, labels, annotations } = metadata;
  return { ...rest, status: undefined, metadata: { name, labels, annotations } };
}
