import { byComponent, type Component } from './components.ts';

/** What the names of a cluster's objects are made from. */
export type ClusterName = { name: string };

/** The names of a cluster's objects, in its namespace. */
export function names({ name }: ClusterName) {
  return {
    /** StatefulSet, PodDisruptionBudget, NetworkPolicy and ServiceAccount of each component. */
    ...byComponent((component) => `${name}-${component}`),
    /** ConfigMap of what the volumes of brokers and controllers are formatted with. */
    quorumConfig: `${name}-quorum`,
    /** The Service that clients name in `bootstrap.servers`. */
    bootstrap: `${name}-kafka-bootstrap`,
    /** ConfigMap of what applications set. */
    client: `${name}-client`,
    /** ConfigMap of the broker keys that change without a restart. */
    dynamicConfig: `${name}-kafka-dynamic`,
    /** All objects of the exporter. */
    exporter: `${name}-exporter`,
    /** Lease that keeps two operations apart. */
    lease: `${name}-operation`,
    /** ServiceAccount, Role and RoleBinding of whoever runs this project's operations. */
    deployer: `${name}-deployer`,
    /** The same of whoever only looks at its health. */
    health: `${name}-health`,
  };
}

/** The pod of a broker. Its own Service, the address that clients are told, has the same name. */
export function podOf(cluster: ClusterName, brokerId: number): string {
  return podNameOf(cluster, 'kafka', brokerId);
}

/** The pod of any component. */
export function podNameOf(cluster: ClusterName, component: Component, ordinal: number): string {
  return `${names(cluster)[component]}-${ordinal}`;
}

/** The Service under which the pods of a component find each other. */
export function headlessOf(cluster: ClusterName, component: Component): string {
  return `${names(cluster)[component]}-headless`;
}

/** The broker whose pod this is, or undefined for any other pod. */
export function brokerOfPod(cluster: ClusterName, pod: string): number | undefined {
  const prefix = `${names(cluster).kafka}-`;
  const ordinal = pod.slice(prefix.length);
  return pod.startsWith(prefix) && /^(0|[1-9]\d*)$/.test(ordinal) ? Number(ordinal) : undefined;
}

/** The claim of a StatefulSet's pod: it outlives the pod, and the StatefulSet. */
export function claimOf(pod: string): string {
  return `${dataVolume}-${pod}`;
}

/** The volume of every pod that holds its data. */
export const dataVolume = 'data';

/** Under this name the API server remembers which fields are this project's. */
export const fieldManager = 'kafka-ha';

/** 0 to count − 1: the ids of brokers, the ordinals of pods. */
export function ordinals(count: number): number[] {
  return Array.from({ length: count }, (_, ordinal) => ordinal);
}
