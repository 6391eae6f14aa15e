import { describe, expect, test } from '@jest/globals';
import { decodeRecordBatches } from '@kafka-ha/kafka-protocol';
import { produce, type Client, type NewRecord } from './index.ts';
import { FakeBrokers } from './testing/fake-brokers.ts';

const { signal } = new AbortController();

describe('produce', () => {
  test('records with the same key go to one partition in their order, and each acknowledged one is counted', async () => {
    const brokers = twoPartitions();
    using client = brokers.client();
    const batches = [[aRecord('a', 'user-7'), aRecord('b', 'user-7')], [aRecord('c', 'user-7')]];
    expect(await produce(client, { topic: 'events', batches, signal })).toBe(3);
    expect([valuesIn(brokers, 0), valuesIn(brokers, 1)].filter((values) => values.length > 0)).toEqual([
      ['a', 'b', 'c'],
    ]);
  });

  test('records without a key go to all partitions', async () => {
    const brokers = twoPartitions();
    using client = brokers.client();
    await produce(client, {
      topic: 'events',
      batches: [['a', 'b', 'c', 'd'].map((value) => aRecord(value))],
      signal,
    });
    expect(valuesIn(brokers, 0)).toHaveLength(2);
    expect(valuesIn(brokers, 1)).toHaveLength(2);
  });

  test('all replicas in sync have to acknowledge, and a call holds one partition', async () => {
    const brokers = twoPartitions([0]);
    using client = brokers.client();
    await produce(client, { topic: 'events', batches: [[aRecord('a'), aRecord('b')]], signal });
    const writes = brokers.cluster.asked.filter(({ api }) => api === 'kafkajs Produce');
    expect(writes.map(({ request }) => request)).toEqual(
      Array(2).fill(
        expect.objectContaining({ acks: -1, topics: [{ name: 'events', partitions: [expect.anything()] }] }),
      ),
    );
  });

  test('what a partition refuses is not counted, and what the others have acknowledged is told', async () => {
    const brokers = twoPartitions();
    brokers.refusing.set('events-1', 10); // MESSAGE_TOO_LARGE
    using client = brokers.client();
    const batches = [[aRecord('a'), aRecord('b')]];
    await expect(produce(client, { topic: 'events', batches, signal })).rejects.toMatchObject({
      code: 'kafka-refused',
      message: expect.stringMatching(/^events cannot be written to: MESSAGE_TOO_LARGE/),
      details: ['1 record was acknowledged. Any other that was sent may be there or not.'],
    });
  });

  test('a call that kafkajs tells as done without an answer of the partition counts for nothing', async () => {
    using client = twoPartitions().client();
    const producer = { connect: async () => {}, disconnect: async () => {}, send: async () => [] };
    const kafkajs = { producer: () => producer } as unknown as Client['kafkajs'];
    const batches = [[aRecord('a')]];
    await expect(
      produce({ kafka: client.kafka, kafkajs }, { topic: 'events', batches, signal }),
    ).rejects.toMatchObject({
      code: 'kafka-unreachable',
      details: ['0 records were acknowledged. Any other that was sent may be there or not.'],
    });
  });

  test('a topic that is not there is refused before anything is sent, and the others are named', async () => {
    const brokers = twoPartitions();
    using client = brokers.client();
    await expect(
      produce(client, { topic: 'evnts', batches: [[aRecord('a')]], signal }),
    ).rejects.toMatchObject({
      code: 'not-found',
      details: ['The topics are events.'],
      hint: expect.stringContaining('cluster file'),
    });
  });

  test('after the signal the batch that is on its way is still counted, and none after it is sent', async () => {
    const brokers = twoPartitions();
    using client = brokers.client();
    const stop = new AbortController();
    function* batches() {
      yield [aRecord('a')];
      stop.abort();
      yield [aRecord('b')];
      yield [aRecord('c')];
    }
    expect(await produce(client, { topic: 'events', batches: batches(), signal: stop.signal })).toBe(2);
  });

  function twoPartitions(ids = [0, 1]): FakeBrokers {
    const [second = 0] = ids.slice(1);
    return new FakeBrokers(ids, { events: [[0], [second]], __consumer_offsets: [[0]] });
  }

  function aRecord(value: string, key: string | null = null): NewRecord {
    return { key, value, headers: {} };
  }

  function valuesIn(brokers: FakeBrokers, partition: number): (string | undefined)[] {
    return (brokers.logs.get(`events-${partition}`) ?? [])
      .flatMap(({ batch }) => decodeRecordBatches(batch))
      .flatMap(({ records = [] }) => records.map(({ value }) => value?.toString()));
  }
});
