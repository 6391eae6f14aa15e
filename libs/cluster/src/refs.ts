import type { Spec } from '@kafka-ha/config';
import type { ObjectRef } from '@kafka-ha/kube';
import { claimOf, labelSelector, names, type Component } from '@kafka-ha/manifests';

type Place = Pick<Spec, 'namespace'>;

/** A pod of the cluster's namespace. */
export function podRef({ namespace }: Place, name: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'Pod', namespace, name };
}

/** The claim for a pod's volume. */
export function claimRef({ namespace }: Place, pod: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name: claimOf(pod) };
}

/** A component's StatefulSet. */
export function statefulSetRef(spec: Spec, component: Component): ObjectRef {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    namespace: spec.namespace,
    name: names(spec)[component],
  };
}

/** All pods, or all claims, of the cluster. */
export function membersQuery(spec: Spec, kind: 'Pod' | 'PersistentVolumeClaim') {
  return { apiVersion: 'v1', kind, namespace: spec.namespace, labelSelector: labelSelector(spec) };
}
