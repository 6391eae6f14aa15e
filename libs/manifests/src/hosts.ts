import { KafkaHaError } from '@kafka-ha/base';
import { brokerOfPod, names, podOf, zookeeperPodOf } from './names.ts';

type Place = { name: string; namespace: string };

/** The address that clients are told for a broker: a Service of its own, so that it stays the same over restarts. */
export function brokerHost(cluster: Place, brokerId: number): string {
  return `${podOf(cluster, brokerId)}.${cluster.namespace}.svc`;
}

/** The address at which the other brokers reach one: its pod, ready or not. */
export function brokerPodHost(cluster: Place, brokerId: number): string {
  return `${podOf(cluster, brokerId)}.${names(cluster).kafkaHeadless}.${cluster.namespace}.svc`;
}

export function zookeeperHost(cluster: Place, ordinal: number): string {
  return `${zookeeperPodOf(cluster, ordinal)}.${names(cluster).zookeeperHeadless}.${cluster.namespace}.svc`;
}

/** Whichever ZooKeeper server it is. The name is there before any server, and is never looked up in vain. */
export function anyZookeeperHost(cluster: Place): string {
  return `${names(cluster).zookeeperAny}.${cluster.namespace}.svc`;
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
      hint: 'Another tool set `advertised.listeners`, or two clusters share one ZooKeeper path: look at both.',
    },
  );
}
