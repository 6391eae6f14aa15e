import { components, type Component } from './components.ts';
import type { ClusterName } from './names.ts';

const managedBy = 'kafka-ha';

/** On every object that this project applies, and on the pods and claims that come of them. */
export function clusterLabels({ name }: ClusterName): Record<string, string> {
  return {
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/managed-by': managedBy,
    'app.kubernetes.io/part-of': 'kafka-ha',
  };
}

export function componentLabels(cluster: ClusterName, component: Component): Record<string, string> {
  return { ...clusterLabels(cluster), ...selector(cluster, component) };
}

/** What finds a component's pods. Part of the StatefulSets, where it can never change. */
export function selector({ name }: ClusterName, component: Component): Record<string, string> {
  return {
    'app.kubernetes.io/component': components[component].label,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/name': component,
  };
}

/** Finds all that this project applied for a cluster, in one query; not what an admin made for it beforehand. */
export function labelSelector({ name }: ClusterName): string {
  return `app.kubernetes.io/instance=${name},app.kubernetes.io/managed-by=${managedBy}`;
}

/** Whether this project made an object for this cluster. */
export function isOurs(
  { name }: ClusterName,
  object: { metadata: { labels?: Record<string, string> } },
): boolean {
  const { labels } = object.metadata;
  return (
    labels?.['app.kubernetes.io/managed-by'] === managedBy && labels['app.kubernetes.io/instance'] === name
  );
}

/** A namespace with this label, set to "true", may reach the brokers' client port. */
export const clientNamespaceLabel = 'kafka-ha/client';

/** A namespace or a pod with this label, set to "true", may reach the exporter. */
export const metricsLabel = 'kafka-ha/metrics';

/** Kubernetes puts it on nodes and, since 1.35, on their pods. */
export const zoneLabel = 'topology.kubernetes.io/zone';
export const nodeLabel = 'kubernetes.io/hostname';

/**
 * The configuration of a pod is part of its template, not a ConfigMap: so a revision of the StatefulSet is whole. A
 * container that restarts in the middle of a roll keeps the configuration that its pod was made with, and going back to
 * a former revision brings the former configuration back, too.
 */
export function configAnnotation(file: string): string {
  return `kafka-ha/${file}`;
}

/** On a StatefulSet: the uids of the pods that somebody asked to be restarted. */
export const restartAnnotation = 'kafka-ha/restart';
