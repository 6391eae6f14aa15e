import { KafkaConnection, type ConnectOptions, type FencedKafka } from '@kafka-ha/kafka';
import { openTunnel } from '@kafka-ha/kube';
import { brokerHost, kafkaPorts, podOfHost } from '@kafka-ha/manifests';
import type { Duplex } from 'node:stream';
import type { Cluster, FencedCluster } from './cluster.ts';
import { quorumOf } from './quorum/quorum.ts';

type Address = { host: string; port: number };

/** A failover takes the brokers' session (6 s) and an election. */
const controllerWithinMs = 10_000;

/**
 * A Kafka client whose every connection goes through the API server's port-forward: the caller needs no route to the
 * pods. It changes something only where the cluster may be changed. What it reads is the word of the controller that the quorum names. Close it when done.
 *
 * @throws KafkaHaError `kafka-unreachable` when no controller answers.
 */
export function openKafka(cluster: FencedCluster): Promise<FencedKafka>;
export function openKafka(cluster: Cluster): Promise<KafkaConnection>;
export async function openKafka(cluster: Cluster): Promise<KafkaConnection> {
  const kafka = reachKafka(cluster);
  try {
    await kafka.untilReachable(controllerWithinMs);
    return kafka;
  } catch (error) {
    kafka.close();
    throw error;
  }
}

/** As `openKafka`, without asking anybody: for whoever asks each broker by itself. */
export function reachKafka(cluster: Cluster, options: Partial<ConnectOptions> = {}): KafkaConnection {
  const { spec } = cluster;
  return new KafkaConnection({
    addressOf: (id) => ({ host: brokerHost(spec, id), port: kafkaPorts.clients }),
    registry: quorumOf(cluster).registry(),
    dial: dialBroker(cluster),
    clientId: 'kafka-ha',
    signal: cluster.signal,
    fence: cluster.kube.fence,
    ...options,
  });
}

/** Opens a connection to the pod behind an address that a broker advertises. */
export function dialBroker({ kube, spec }: Cluster): (address: Address) => Duplex {
  return ({ host, port }) =>
    openTunnel(kube, { namespace: spec.namespace, pod: podOfHost(spec, host), port });
}

/**
 * One connection to Kafka over many readings, opened when it is first needed, and again where that failed. What it reads is
 * the controller's: that of a broker which is cut off would let another one be stopped beside it.
 */
export type LastingKafka = AsyncDisposable & { connection(): Promise<FencedKafka> };

export function lastingKafka(cluster: FencedCluster): LastingKafka {
  let opening: Promise<FencedKafka> | undefined;
  return {
    connection() {
      opening ??= openKafka(cluster).catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    async [Symbol.asyncDispose]() {
      (await opening?.catch(() => undefined))?.close();
    },
  };
}
