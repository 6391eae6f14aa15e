import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { consume, openClient, produce, readGroups } from '@kafka-ha/client';
import type { Cluster } from '@kafka-ha/cluster';

const { signal } = new AbortController();

/** Events go in and come out with kafkajs, a client that this project has not written, and a group goes on where it stopped. */
export async function firstEvents(cluster: Cluster, topic: string): Promise<void> {
  await using client = await openClient(cluster);
  const group = 'first-events';
  const valuesOf = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => String(from + index));
  const write = async (values: readonly string[]) => {
    const records = values.map((value) => ({ key: 'user-7', value, headers: { source: 'web' } }));
    expect(await produce(client, { topic, batches: [records], signal })).toBe(values.length);
  };
  const read = async (count: number) => {
    const values: (string | undefined)[] = [];
    const onRecord = ({ key, value, headers }: Parameters<Parameters<typeof consume>[1]['onRecord']>[0]) => {
      expect({ key: key?.toString(), source: String(headers['source']) }).toEqual({
        key: 'user-7',
        source: 'web',
      });
      values.push(value?.toString());
    };
    await consume(client, { topic, group, fromBeginning: true, count, onRecord, signal });
    return values;
  };
  await write(valuesOf(0, 10));
  expect(await read(6)).toEqual(valuesOf(0, 6));
  expect(await readGroups(client)).toEqual([
    expect.objectContaining({ group, members: 0, topics: [expect.objectContaining({ topic, lag: 4 })] }),
  ]);
  await write(valuesOf(10, 20));
  expect(await read(14)).toEqual(valuesOf(6, 20));
}

/**
 * The values that a topic holds and that are wanted, once there are so many of them, sorted. Read with kafkajs's public API alone:
 * `consume` leaves out the records by which a deployment has proven a topic.
 */
export async function readWanted(
  cluster: Cluster,
  { topic, count, isWanted }: { topic: string; count: number; isWanted: (value: string) => boolean },
): Promise<string[]> {
  await using client = await openClient(cluster);
  const groupId = `wanted-${randomUUID()}`;
  const consumer = client.kafkajs.consumer({ groupId, maxWaitTimeInMs: 500 });
  const values: string[] = [];
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      const running = consumer.run({
        autoCommit: false,
        eachMessage: async ({ message }) => {
          const text = message.value?.toString() ?? '';
          if (isWanted(text)) values.push(text);
          if (values.length >= count) resolve();
        },
      });
      running.catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  const admin = client.kafkajs.admin();
  await admin.connect();
  await admin.deleteGroups([groupId]);
  await admin.disconnect();
  return values.sort();
}
