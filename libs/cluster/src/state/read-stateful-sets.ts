import type { StatefulSetState } from '@kafka-ha/health';
import { getObject, type StatefulSet } from '@kafka-ha/kube';
import { names } from '@kafka-ha/manifests';
import type { Cluster } from '../connect.ts';

/** Both StatefulSets as the API server has them; null where there is none. */
export async function readStatefulSets(
  { kube, spec }: Cluster,
  signal: AbortSignal,
): Promise<{ kafka: StatefulSetState | null; zookeeper: StatefulSetState | null }> {
  const read = async (name: string) => {
    const ref = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: spec.namespace, name };
    const object = await getObject<StatefulSet>(kube, ref, { signal });
    return object === undefined ? null : toStatefulSetState(object);
  };
  const { kafka, zookeeper } = names(spec);
  const [kafkaState, zookeeperState] = await Promise.all([read(kafka), read(zookeeper)]);
  return { kafka: kafkaState, zookeeper: zookeeperState };
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
