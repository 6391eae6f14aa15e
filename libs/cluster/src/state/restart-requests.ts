import { getObject, patchObject, type StatefulSet } from '@kafka-ha/kube';
import { restartAnnotation, type Component } from '@kafka-ha/manifests';
import type { Cluster, FencedCluster } from '../cluster.ts';
import { statefulSetRef } from '../refs.ts';

/**
 * Which pods somebody asked to be restarted, by uid: whoever replaces one has done it, whichever run that is. Kept on
 * the StatefulSet and not in its template, so that it makes no revision.
 */
export async function readRestartRequests(
  { kube, spec, signal }: Cluster,
  component: Component,
): Promise<readonly string[]> {
  const set = await getObject<StatefulSet>(kube, statefulSetRef(spec, component), { signal });
  return set?.metadata.annotations?.[restartAnnotation]?.split(' ') ?? [];
}

/** Replaces what was asked for before; none takes it back. */
export async function writeRestartRequests(
  { kube, spec, signal }: FencedCluster,
  component: Component,
  uids: readonly string[],
): Promise<void> {
  const annotations = { [restartAnnotation]: uids.length === 0 ? null : uids.join(' ') };
  await patchObject(
    kube,
    statefulSetRef(spec, component),
    { metadata: { annotations } },
    { fieldManager: 'kafka-ha-restart', signal },
  );
}
