import { count, groupBy, KafkaHaError } from '@kafka-ha/base';
import kafkajs, { type Producer } from 'kafkajs';
import { findTopic } from './find-topic.ts';
import { kafkajsError } from './kafkajs-error.ts';
import type { Client } from './open-client.ts';

export type NewRecord = {
  /** Records with the same key go to the same partition, in their order. */
  key: Buffer | string | null;
  value: Buffer | string | null;
  headers: Readonly<Record<string, Bytes | Bytes[]>>;
};

type Bytes = Buffer | string;

/**
 * Writes batches of records, each once every record of the one before is acknowledged by all replicas in sync (acks=all).
 * Ends with the batches, or after the batch in which the signal fires. Returns how many records were acknowledged. A record
 * whose acknowledgement is lost is sent again: around a failure it may be there twice.
 *
 * @throws KafkaHaError `not-found` where there is no such topic, `kafka-unreachable` or `kafka-refused` where not all were
 * acknowledged: how many is in its details.
 */
export async function produce(
  { kafka, kafkajs }: Client,
  options: {
    topic: string;
    batches: AsyncIterable<readonly NewRecord[]> | Iterable<readonly NewRecord[]>;
    signal: AbortSignal;
  },
): Promise<number> {
  const { topic: name, batches, signal } = options;
  const topic = await findTopic(kafka, name);
  const partitionOf = partitioner(topic);
  const producer = kafkajs.producer({
    allowAutoTopicCreation: false,
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? 0,
  });
  let acknowledged = 0;
  try {
    await producer.connect();
    for await (const batch of batches) {
      const result = await send(producer, name, groupBy(batch, partitionOf));
      acknowledged += result.acknowledged;
      if (result.failure !== undefined) throw result.failure;
      if (signal.aborted) break;
    }
    return acknowledged;
  } catch (error) {
    throw notAll(name, acknowledged, error);
  } finally {
    await producer.disconnect();
  }
}

/** As the Java client does it: by the key's hash, and one after the other where there is none. */
function partitioner({ name: topic, partitions }: Awaited<ReturnType<typeof findTopic>>) {
  const choose = kafkajs.Partitioners.DefaultPartitioner();
  const partitionMetadata = partitions.map(({ partition, leader, replicas, isr }) => ({
    partitionErrorCode: 0,
    partitionId: partition,
    leader: leader ?? -1,
    replicas: [...replicas],
    isr: [...isr],
  }));
  return ({ key, value }: NewRecord) => choose({ topic, partitionMetadata, message: { key, value } });
}

/**
 * A call for each partition: one for several of them is told as done by kafkajs (2.2.4) where a leader moves to a
 * broker that has answered already, though the records of that partition were never sent.
 */
async function send(
  producer: Producer,
  topic: string,
  batch: ReadonlyMap<number, readonly NewRecord[]>,
): Promise<{ acknowledged: number; failure?: Error }> {
  const outcomes = await Promise.allSettled(
    [...batch].map(async ([partition, records]) => {
      const messages = records.map((record) => ({ ...record, partition }));
      const answers = await producer.send({ topic, acks: -1, messages });
      const isAcknowledged = answers.some((each) => each.partition === partition && each.errorCode === 0);
      if (!isAcknowledged)
        throw new KafkaHaError('kafka-unreachable', `${topic}-${partition} has not acknowledged its records`);
      return records.length;
    }),
  );
  const acknowledged = outcomes.reduce(
    (sum, each) => sum + (each.status === 'fulfilled' ? each.value : 0),
    0,
  );
  const failed = outcomes.find(({ status }) => status === 'rejected');
  return { acknowledged, ...(failed?.status === 'rejected' && { failure: failed.reason as Error }) };
}

function notAll(topic: string, acknowledged: number, thrown: unknown): KafkaHaError {
  const { code, message, hint, details } = kafkajsError(`${topic} cannot be written to`, thrown);
  const told = `${count(acknowledged, 'record was', 'records were')} acknowledged. Any other that was sent may be there or not.`;
  return new KafkaHaError(code, message, { hint, details: [...details, told], cause: thrown });
}
