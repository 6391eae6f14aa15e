import { isKafkaHaError } from '@kafka-ha/base';
import { formatBytes } from '@kafka-ha/config';
import { applyObject, type KubeObject, type StatefulSet } from '@kafka-ha/kube';
import { fieldManager, renderObjects, type KubernetesObject } from '@kafka-ha/manifests';
import { fieldChanges, type FieldChange, type ObjectChange } from '@kafka-ha/planning';
import { type Cluster, findUnrendered, templateOf, withLiveVolumes } from '@kafka-ha/cluster';

/** Which objects a deployment would create, change and prune, by a dry run of each. */
export async function planObjects({ kube, spec, signal }: Cluster): Promise<ObjectChange[]> {
  const desired = renderObjects(spec);
  const changes = await Promise.all(desired.map((object) => planObject(kube, object, signal)));
  const pruned = await findUnrendered({ kube, spec, signal }, desired);
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
    const apart = await withLiveVolumes(kube, object, signal);
    const options = { fieldManager, dryRun: true, signal } as const;
    const { outcome, before, object: after } = await applyObject(kube, apart.object, options);
    if (outcome === 'created') return [{ kind: 'create', object: label }];
    const fields = [
      ...fieldChanges(comparable(before), comparable(after)),
      ...volumeFields(apart.remake, object),
    ];
    return fields.length === 0 ? [] : [{ kind: 'change', object: label, fields }];
  } catch (error) {
    // A dry run finds no namespace that is yet to be made.
    if (isKafkaHaError(error) && error.code === 'not-found') return [{ kind: 'create', object: label }];
    throw error;
  }
}

/** What becomes of a template of a volume that is another. */
function volumeFields(there: StatefulSet | undefined, wanted: KubernetesObject): FieldChange[] {
  if (there === undefined) return [];
  const [from, to] = [there, wanted as unknown as StatefulSet].map((set) => {
    const { bytes, class: name } = templateOf(set);
    return { resources: { requests: { storage: formatBytes(bytes) } }, storageClassName: name };
  });
  return fieldChanges(from, to, 'spec.volumeClaimTemplates[data].spec');
}

/** Without what the API server counts and keeps for itself. */
function comparable(object: KubeObject | undefined): unknown {
  if (object === undefined) return undefined;
  const { metadata, ...rest } = object;
  const { name, labels, annotations } = metadata;
  return { ...rest, status: undefined, metadata: { name, labels, annotations } };
}
