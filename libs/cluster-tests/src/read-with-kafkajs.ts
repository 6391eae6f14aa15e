import type { Socket } from 'node:net';
import { dialBroker, type Cluster } from '@kafka-ha/cluster';
import { brokerHost, kafkaPorts } from '@kafka-ha/manifests';
import { Kafka, logLevel } from 'kafkajs';

/**
 * Reads a topic from its beginning with kafkajs, by its public API: a client that this project has not written. Every
 * connection goes through the API server's port-forward. Returns the values, sorted, once there are so many.
 */
export async function readWithKafkajs(
  cluster: Cluster,
  { topic, count, isWanted }: { topic: string; count: number; isWanted: (value: string) => boolean },
): Promise<string[]> {
  const dial = dialBroker(cluster);
  const kafka = new Kafka({
    clientId: 'kafkajs',
    brokers: [`${brokerHost(cluster.spec, 0)}:${kafkaPorts.clients}`],
    logLevel: logLevel.NOTHING,
    socketFactory: ({ host, port, onConnect }) => {
      const tunnel = Object.assign(dial({ host, port }), { unref: () => undefined });
      setImmediate(onConnect);
      return tunnel as unknown as Socket;
    },
  });
  const consumer = kafka.consumer({ groupId: 'read-with-kafkajs' });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const values: string[] = [];
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      const eachMessage = ({ message }: { message: { value: Buffer | null } }) => {
        const value = message.value?.toString() ?? '';
        if (isWanted(value)) values.push(value);
        if (values.length >= count) resolve();
        return Promise.resolve();
      };
      consumer.run({ eachMessage }).catch(reject);
    });
    return values.sort();
  } finally {
    await consumer.disconnect();
  }
}
