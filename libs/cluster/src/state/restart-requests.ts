import { getObject, patchObject, type StatefulSet } from '@kafka-ha/kube';
import { names, restartAnnotation, type Component } from '@kafka-ha/manifests';
import type { Cluster, FencedCluster } from '../cluster.ts';

/**
 * Which pods somebody asked to be restarted, by uid: whoever replaces one has done it, whichever run that is. Kept on
 * the StatefulSet and not in its template, so that it makes no revision.
 */
export async function readRestartRequests(
  { kube, spec }: Cluster,
  component: Component,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const set = await getObject<StatefulSet>(kube, refOf(spec, component), { signal });
  return set?.metadata.annotations?.[restartAnnotation]?.split(' ') ?? [];
}

/** Replaces what was asked for before; none takes it back. */
export async function writeRestartRequests(
  { kube, spec }: FencedCluster,
  component: Component,
  uids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const annotations = { [restartAnnotation]: uids.length === 0 ? null : uids.join(' ') };
  await patchObject(
    kube,
    refOf(spec, component),
    { metadata: { annotations } },
    { fieldManager: 'kafka-ha-restart', signal },
  );
}

function refOf(spec: Cluster['spec'], component: Component) {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    namespace: spec.namespace,
    name: names(spec)[component],
  };
}
