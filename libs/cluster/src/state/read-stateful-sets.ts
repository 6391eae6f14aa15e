import type { StatefulSets, StatefulSetState } from '@kafka-ha/health';
import { getObject, type StatefulSet } from '@kafka-ha/kube';
import { byComponent, componentsOf, type Component } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { statefulSetRef } from '../refs.ts';

/**
 * The cluster's StatefulSets as the API server has them; null where there is none. Of another mode's none is asked for: a Role
 * may name the cluster's own alone.
 */
export async function readStatefulSets({ kube, spec, signal }: Cluster): Promise<StatefulSets> {
  const read = async (component: Component) => {
    const ref = statefulSetRef(spec, component);
    const object = await getObject<StatefulSet>(kube, ref, { signal });
    return [component, object === undefined ? null : toStatefulSetState(object)] as const;
  };
  const none = byComponent(() => null);
  return { ...none, ...Object.fromEntries(await Promise.all(componentsOf(spec).map(read))) };
}

function toStatefulSetState({ metadata, spec, status }: StatefulSet): StatefulSetState {
  return {
    name: metadata.name,
    ...(metadata.creationTimestamp !== undefined && { createdAt: metadata.creationTimestamp }),
    replicas: spec.replicas ?? 1,
    readyReplicas: status?.readyReplicas ?? 0,
    currentRevision: status?.currentRevision ?? '',
    updateRevision: status?.updateRevision ?? '',
    generation: metadata.generation ?? 0,
    observedGeneration: status?.observedGeneration ?? 0,
  };
}
