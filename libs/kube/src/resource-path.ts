import { KafkaHaError } from '@kafka-ha/base';
import type { ObjectRef } from './kube-object.ts';

/**
 * The kinds that this project touches and the names that the API gives them. Static rather than discovered: it saves
 * round trips, and the built-in kinds do not change.
 */
const kinds = {
  ConfigMap: { plural: 'configmaps', namespaced: true },
  ControllerRevision: { plural: 'controllerrevisions', namespaced: true },
  Deployment: { plural: 'deployments', namespaced: true },
  Event: { plural: 'events', namespaced: true },
  Job: { plural: 'jobs', namespaced: true },
  Lease: { plural: 'leases', namespaced: true },
  Namespace: { plural: 'namespaces', namespaced: false },
  NetworkPolicy: { plural: 'networkpolicies', namespaced: true },
  Node: { plural: 'nodes', namespaced: false },
  PersistentVolume: { plural: 'persistentvolumes', namespaced: false },
  PersistentVolumeClaim: { plural: 'persistentvolumeclaims', namespaced: true },
  Pod: { plural: 'pods', namespaced: true },
  PodDisruptionBudget: { plural: 'poddisruptionbudgets', namespaced: true },
  PodMetrics: { plural: 'pods', namespaced: true },
  Role: { plural: 'roles', namespaced: true },
  RoleBinding: { plural: 'rolebindings', namespaced: true },
  Secret: { plural: 'secrets', namespaced: true },
  Service: { plural: 'services', namespaced: true },
  ServiceAccount: { plural: 'serviceaccounts', namespaced: true },
  StatefulSet: { plural: 'statefulsets', namespaced: true },
  StorageClass: { plural: 'storageclasses', namespaced: false },
} as const;

/** The path of one object, e.g. `/apis/apps/v1/namespaces/kafka/statefulsets/events`. */
export function objectPath(ref: ObjectRef): string {
  return `${collectionPath(ref)}/${encodeURIComponent(ref.name)}`;
}

/**
 * The path of all objects of a kind in a namespace, or in all namespaces where none is given.
 *
 * @throws KafkaHaError `internal` for a kind that is not in the table.
 */
export function collectionPath({ apiVersion, kind, namespace }: Omit<ObjectRef, 'name'>): string {
  const { plural, namespaced } = kindOf(kind);
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  if (!namespaced || namespace === undefined) return `${group}/${plural}`;
  return `${group}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

function kindOf(kind: string): { plural: string; namespaced: boolean } {
  if (kind in kinds) return kinds[kind as keyof typeof kinds];
  throw new KafkaHaError('internal', `No API path is known for objects of kind ${kind}.`);
}
