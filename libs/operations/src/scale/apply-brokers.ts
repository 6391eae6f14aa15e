import {
  isExporters,
  names,
  renderObjects,
  toProperties,
  type JsonObject,
  type KubernetesObject,
} from '@kafka-ha/manifests';
import { applyObjects, describeApplied, type DynamicConfig, type FencedCluster } from '@kafka-ha/cluster';

export type AppliedBrokers = {
  /** How many have a pod. */
  brokers: number;
  /** How many have an address, where that is more. */
  addresses?: number;
  /** What those that start begin with. */
  dynamic: DynamicConfig;
  /** Whether this is what the file says, with nothing left to be moved or removed. */
  isFinal?: boolean;
};

/** Applies the cluster's objects for so many brokers. Volumes stay; so does the exporter, until this is final. */
export async function* applyBrokers(
  { kube, spec, signal }: FencedCluster,
  { brokers, addresses = brokers, dynamic, isFinal = false }: AppliedBrokers,
): AsyncGenerator<string, string> {
  const sized = { ...spec, brokers: addresses };
  const { kafka, dynamicConfig } = names(spec);
  const objects = renderObjects(sized).map((object) => {
    switch (`${object.kind} ${object.metadata.name}`) {
      case `ConfigMap ${dynamicConfig}`:
        return { ...object, data: { 'dynamic.properties': toProperties(dynamic) } };
      case `StatefulSet ${kafka}`:
        return { ...object, spec: { ...(object['spec'] as JsonObject), replicas: brokers } };
      default:
        return object;
    }
  });
  const isLeft = (object: KubernetesObject) => !isFinal && isExporters(spec, object);
  return describeApplied(yield* applyObjects({ kube, spec: sized, signal }, { desired: objects, isLeft }));
}
