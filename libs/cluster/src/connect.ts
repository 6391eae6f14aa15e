import type { Duplex } from 'node:stream';
import type { Spec } from '@kafka-ha/config';
import { KafkaConnection, type ConnectOptions, type FencedKafka } from '@kafka-ha/kafka';
import { openTunnel, type FencedKube, type Kube } from '@kafka-ha/kube';
import {
  brokerHost,
  kafkaPorts,
  ordinals,
  podOfHost,
  zookeeperPodOf,
  zookeeperPorts,
} from '@kafka-ha/manifests';
import { zookeeperRegistry } from './zookeeper-registry.ts';

/** A cluster that an operation works on: where it is, and what it should be. */
export type Cluster = { kube: Kube; spec: Spec };

/** A cluster that may be changed, as `withLease` hands it out: what changes one takes this. */
export type FencedCluster = Cluster & { kube: FencedKube };

type Address = { host: string; port: number };

/** A failover takes the brokers' ZooKeeper session (6 s) and an election. */
const controllerWithinMs = 10_000;

/**
 * A Kafka client whose every connection goes through the API server's port-forward: the caller needs no route to the
 * pods. It changes something only where the cluster may be changed. What it reads is the word of the controller that ZooKeeper names. Close it when done.
 *
 * @throws KafkaHaError `kafka-unreachable` when no controller answers.
 */
export function openKafka(cluster: FencedCluster, signal: AbortSignal): Promise<FencedKafka>;
export function openKafka(cluster: Cluster, signal: AbortSignal): Promise<KafkaConnection>;
export async function openKafka(cluster: Cluster, signal: AbortSignal): Promise<KafkaConnection> {
  const kafka = reachKafka(cluster, signal);
  try {
    await kafka.untilReachable(controllerWithinMs);
    return kafka;
  } catch (error) {
    kafka.close();
    throw error;
  }
}

/** As `openKafka`, without asking anybody: for whoever asks each broker by itself. */
export function reachKafka(
  cluster: Cluster,
  signal: AbortSignal,
  options: Partial<ConnectOptions> = {},
): KafkaConnection {
  const { spec } = cluster;
  return new KafkaConnection({
    addressOf: (id) => ({ host: brokerHost(spec, id), port: kafkaPorts.clients }),
    registry: zookeeperRegistry(cluster, signal),
    dial: dialBroker(cluster),
    clientId: 'kafka-ha',
    signal,
    fence: cluster.kube.fence,
    ...options,
  });
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
