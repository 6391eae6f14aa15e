import type { Duplex } from 'node:stream';
import type { Spec } from '@kafka-ha/config';
import { connectKafka, type ConnectOptions, type KafkaConnection } from '@kafka-ha/kafka';
import { openTunnel, type Kube } from '@kafka-ha/kube';
import { brokerHost, kafkaPorts, podOfHost, zookeeperPodOf, zookeeperPorts } from '@kafka-ha/manifests';

/** A cluster that an operation works on: where it is, and what it should be. */
export type Cluster = { kube: Kube; spec: Spec };

type Address = { host: string; port: number };

/**
 * A Kafka client whose every connection goes through the API server's port-forward: the caller needs no route to the
 * pods. Close it when done.
 *
 * @throws KafkaHaError `kafka-unreachable` when no broker answers.
 */
export function openKafka(
  cluster: Cluster,
  signal: AbortSignal,
  options: Pick<ConnectOptions, 'metadataOf'> = {},
): Promise<KafkaConnection> {
  const { spec } = cluster;
  const bootstrap = ordinals(spec.brokers).map((id) => ({
    host: brokerHost(spec, id),
    port: kafkaPorts.clients,
  }));
  return connectKafka({ bootstrap, dial: dialBroker(cluster), clientId: 'kafka-ha', signal, ...options });
}

/** Opens a connection to the pod behind an address that a broker advertises. */
export function dialBroker({ kube, spec }: Cluster): (address: Address) => Duplex {
  return ({ host, port }) =>
    openTunnel(kube, { namespace: spec.namespace, pod: podOfHost(spec, host), port });
}

/** Opens a connection to a ZooKeeper server; the host of its address is the pod's name. */
export function dialZookeeper({ kube, spec }: Cluster): (address: Address) => Duplex {
  return ({ host, port }) => openTunnel(kube, { namespace: spec.namespace, pod: host, port });
}

export function zookeeperAddresses({ spec }: Cluster): Address[] {
  return ordinals(spec.zookeeper.servers).map((ordinal) => ({
    host: zookeeperPodOf(spec, ordinal),
    port: zookeeperPorts.clients,
  }));
}

/** 0 to count − 1: the ids of brokers, the ordinals of pods. */
export function ordinals(count: number): number[] {
  return Array.from({ length: count }, (_, ordinal) => ordinal);
}
