import type { StatefulSets, StatefulSetState } from '@kafka-ha/health';
import { getObject, type StatefulSet } from '@kafka-ha/kube';
import { allComponents, type Component } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { statefulSetRef } from '../refs.ts';

/** All StatefulSets as the API server has them; null where there is none. */
export async function readStatefulSets({ kube, spec }: Cluster, signal: AbortSignal): Promise<StatefulSets> {
  const read = async (component: Component) => {
    const ref = statefulSetRef(spec, component);
    const object = await getObject<StatefulSet>(kube, ref, { signal });
    return [component, object === undefined ? null : toStatefulSetState(object)] as const;
  };
  return Object.fromEntries(await Promise.all(allComponents.map(read))) as StatefulSets;
}

function toStatefulSetState({ metadata, spec, status }: StatefulSet): StatefulSetState {
  return {
    name: metadata.name,
    replicas: spec.replicas ?? 1,
    readyReplicas: status?.readyReplicas ?? 0,
    currentRevision: status?.currentRevision ?? '',
    updateRevision: status?.updateRevision ?? '',
    generation: metadata.generation ?? 0,
    observedGeneration: status?.observedGeneration ?? 0,
  };
}
