import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import { dialBroker, openKafka, type Cluster } from '@kafka-ha/cluster';
import type { Address, Dial, KafkaConnection } from '@kafka-ha/kafka';
import { brokerHost, kafkaPorts, ordinals } from '@kafka-ha/manifests';
import kafkajs, { type Kafka } from 'kafkajs';
import type { Socket } from 'node:net';
import { takeCodecs } from './compression/take-codecs.ts';
import { quietTimers } from './quiet-timers.ts';

/** A client of the cluster, as its users have one. What kafkajs cannot read of a damaged cluster is read by `kafka`. */
export type Client = { kafka: KafkaConnection; kafkajs: Kafka };

/**
 * Every connection goes through the API server's port-forward: the caller needs no route to the pods.
 *
 * @throws KafkaHaError `forbidden` or `kubernetes-unreachable` at once, `kafka-unreachable` when no controller answers.
 */
export async function openClient(cluster: Cluster): Promise<Client & AsyncDisposable> {
  const { spec } = cluster;
  const dial = dialBroker(cluster);
  const brokers = ordinals(spec.brokers).map((id) => ({
    host: brokerHost(spec, id),
    port: kafkaPorts.clients,
  }));
  const kafka = await Promise.race([openKafka(cluster), tunnelRefused(dial, brokers[0])]).catch(
    (error: unknown) => {
      throw withHint(error);
    },
  );
  return { kafka, kafkajs: kafkajsOver(dial, brokers), [Symbol.asyncDispose]: async () => kafka.close() };
}

/** kafkajs over connections of our own. It tries again for half a minute, longer than any failover takes. */
export function kafkajsOver(dial: Dial, brokers: readonly Address[]): Kafka {
  takeCodecs();
  quietTimers();
  return new kafkajs.Kafka({
    clientId: 'kafka-ha',
    brokers: brokers.map(({ host, port }) => `${host}:${port}`),
    logLevel: kafkajs.logLevel.NOTHING,
    requestTimeout: 10_000,
    connectionTimeout: 10_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 30 },
    socketFactory: ({ host, port, onConnect }) => {
      const socket = Object.assign(dial({ host, port }), { unref: () => undefined });
      socket.once('connect', onConnect);
      return socket as unknown as Socket;
    },
  });
}

/** What no other attempt will mend is told at once. Settles only then. */
function tunnelRefused(dial: Dial, broker: Address | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (broker === undefined) return;
    const probe = dial(broker);
    probe.once('connect', () => probe.end());
    probe.on('error', (error) => {
      if (isKafkaHaError(error) && lasting.includes(error.code)) reject(error);
    });
    probe.resume();
  });
}

const lasting: readonly string[] = ['forbidden', 'kubernetes-unreachable'];

function withHint(error: unknown): unknown {
  if (!isKafkaHaError(error) || error.code !== 'kafka-unreachable' || error.hint !== undefined) return error;
  const { code, message, details } = error;
  const hint =
    'Run kafka-ha health to see what is wrong, or kafka-ha deploy if the cluster is not deployed yet.';
  return new KafkaHaError(code, message, { details, hint, cause: error });
}
