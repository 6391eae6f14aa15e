import { KafkaHaError } from '@kafka-ha/base';
import type { Component } from './components.ts';
import { brokerOfPod, headlessOf, names, podNameOf, podOf } from './names.ts';

type Place = { name: string; namespace: string };

/** The address that clients are told for a broker: a Service of its own, so that it stays the same over restarts. */
export function brokerHost(cluster: Place, brokerId: number): string {
  return `${podOf(cluster, brokerId)}.${cluster.namespace}.svc`;
}

/** The address at which the other brokers reach one: its pod, ready or not. */
export function brokerPodHost(cluster: Place, brokerId: number): string {
  return podHost(cluster, 'kafka', brokerId);
}

/** The address at which the pods of a component reach one of them. */
export function podHost(cluster: Place, component: Component, ordinal: number): string {
  return `${podNameOf(cluster, component, ordinal)}.${headlessOf(cluster, component)}.${cluster.namespace}.svc`;
}

/** The same by the pod's name. */
export function hostOfPod({ namespace }: Pick<Place, 'namespace'>, pod: string): string {
  return `${pod}.${pod.replace(/-\d+$/, '')}-headless.${namespace}.svc`;
}

export function bootstrapHost(cluster: Place): string {
  return `${names(cluster).bootstrap}.${cluster.namespace}.svc`;
}

/**
 * The pod behind an address that a broker advertises, on any of its listeners.
 *
 * @throws KafkaHaError `kafka-refused` for an address that is no broker's of this cluster.
 */
export function podOfHost(cluster: Place, host: string): string {
  const [pod = ''] = host.split('.', 1);
  if (brokerOfPod(cluster, pod) !== undefined) return pod;
  throw new KafkaHaError(
    'kafka-refused',
    `a broker advertises "${host}", which is no broker of ${cluster.name}`,
    {
      hint: 'Another tool set `advertised.listeners`, or two clusters keep their metadata in one place: look at both.',
    },
  );
}
