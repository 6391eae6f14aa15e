import { messageOf } from '@kafka-ha/base';
import { errorName } from '@kafka-ha/kafka-protocol';
import kafkajs, { type Kafka } from 'kafkajs';
import type { Settings } from '../settings.ts';
import type { Write } from '../writer.ts';
import { orAborted } from '../or-aborted.ts';

/** As the documentation has applications set it. It tries for two minutes, longer than any failover takes. */
export function kafkajsOf(
  { run, brokers, requestTimeoutMs }: Pick<Settings, 'run' | 'brokers' | 'requestTimeoutMs'>,
  role: string,
): Kafka {
  return new kafkajs.Kafka({
    clientId: `kafka-ha-workload-${run}-${role}`,
    brokers: [...brokers],
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 2_000,
    requestTimeout: requestTimeoutMs,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 120 },
  });
}

/**
 * Writes through kafkajs's own producer. What it does not acknowledge may be stored all the same: it does not say which of its
 * attempts reached a broker.
 */
export async function openKafkajsProducer(
  kafka: Kafka,
  { topic, idempotent }: Pick<Settings, 'topic' | 'idempotent'>,
): Promise<{ write: Write; close: () => Promise<void> }> {
  const producer = kafka.producer({
    idempotent,
    allowAutoTopicCreation: false,
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? 0,
  });
  await producer.connect();
  return {
    // One partition a call: of several it resolves some that were never sent.
    write: async (partition, values, signal) => {
      const messages = values.map((value) => ({ partition, value }));
      try {
        const answers = await orAborted(producer.send({ topic, acks: -1, messages }), signal);
        const answer = answers.find((each) => each.partition === partition);
        if (answer?.errorCode === 0) return { kind: 'acked', offset: Number(answer.baseOffset) };
        return { kind: 'unknown', error: answer === undefined ? 'NOT_NAMED' : errorName(answer.errorCode) };
      } catch (error) {
        return { kind: 'unknown', error: messageOf(error) };
      }
    },
    close: () => producer.disconnect(),
  };
}
