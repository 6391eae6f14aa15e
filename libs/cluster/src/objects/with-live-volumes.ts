import { getObject, refOf, type Kube, type StatefulSet } from '@kafka-ha/kube';
import type { KubernetesObject } from '@kafka-ha/manifests';
import { templateOf } from '../state/volume-claims.ts';

export type VolumesApart = {
  /** As it is to be, but for the volumes that it has: what the API server may be asked to apply. */
  object: KubernetesObject;
  /** Where its template of a volume is to be another: as it is now. */
  remake?: StatefulSet;
};

/**
 * The API server refuses a StatefulSet with another template of a volume than it has, also in a dry run; such a one is made
 * anew. Any other object is as it is.
 */
export async function withLiveVolumes(
  kube: Kube,
  object: KubernetesObject,
  signal: AbortSignal,
): Promise<VolumesApart> {
  if (object.kind !== 'StatefulSet') return { object };
  const live = await getObject<StatefulSet>(kube, refOf(object), { signal });
  if (live === undefined) return { object };
  const wanted = object as unknown as StatefulSet;
  const [there, meant] = [templateOf(live), templateOf(wanted)];
  if (there.bytes === meant.bytes && there.class === meant.class) return { object };
  const spec = { ...wanted.spec, volumeClaimTemplates: live.spec['volumeClaimTemplates'] };
  return { object: { ...object, spec } as KubernetesObject, remake: live };
}
