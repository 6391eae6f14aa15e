import { describe, expect, test } from '@jest/globals';
import { encode, fetchApi, int64, metadataApi, produceApi } from '@kafka-ha/kafka-protocol';
import { type FencedKafka, proveWritePath, type RoundTrip } from './index.ts';
import { aTopic, FakeCluster } from './testing/fake-cluster.ts';

describe('proveWritePath', () => {
  test('every partition is written and read back', async () => {
    const cluster = aCluster();
    await using kafka = cluster.connect();
    const { result, told } = await prove(kafka);
    expect(result).toMatchObject({ partitions: 3, records: 6 });
    expect(result.slowestAckMs).toBeGreaterThanOrEqual(result.medianAckMs);
    expect(told.at(-1)).toBe('3 of 3 partitions written and read back');
  });

  test('who leads is asked once for all partitions', async () => {
    const cluster = aCluster();
    await using kafka = cluster.connect();
    await prove(kafka);
    expect(cluster.requestsOf(metadataApi)).toHaveLength(1);
  });

  test('each request names one partition, asks for all acks, and goes to the leader', async () => {
    const cluster = aCluster();
    await using kafka = cluster.connect();
    await prove(kafka);
    const written = cluster.asked.filter(({ api }) => api === 'Produce').map(({ brokerId }) => brokerId);
    const requests = cluster.requestsOf(produceApi).map(({ acks, topics }, index) => ({
      acks,
      brokerId: written[index],
      partitions: topics.flatMap(({ partitions }) => partitions.map((it) => it.index)),
    }));
    expect(new Set(requests)).toEqual(
      new Set([
        { acks: -1, brokerId: 0, partitions: [0] },
        { acks: -1, brokerId: 1, partitions: [1] },
        { acks: -1, brokerId: 0, partitions: [2] },
      ]),
    );
  });

  test('a leader that moves is followed', async () => {
    const cluster = aCluster();
    const write = cluster.onWrite;
    let first = true;
    cluster.onWrite = (partition, records) => {
      if (!first) return write(partition, records);
      first = false;
      return { errorCode: 6 };
    };
    await using kafka = cluster.connect();
    expect((await prove(kafka)).result.partitions).toBe(3);
  });

  test('too few replicas in sync are waited for', async () => {
    const cluster = aCluster();
    const write = cluster.onWrite;
    let refusals = 2;
    cluster.onWrite = (partition, records) =>
      partition === 2 && refusals-- > 0 ? { errorCode: 19 } : write(partition, records);
    await using kafka = cluster.connect();
    expect((await prove(kafka)).result.records).toBe(6);
  });

  test('a partition that cannot be written is named with the reason, the others are tried all the same', async () => {
    const cluster = aCluster();
    const write = cluster.onWrite;
    cluster.onWrite = (partition, records) =>
      partition === 1 ? { errorCode: 87 } : write(partition, records);
    await using kafka = cluster.connect();
    await expect(prove(kafka)).rejects.toMatchObject({
      code: 'unhealthy',
      message: '1 of 3 partitions failed the test of writing and reading',
      details: ['orders-1: INVALID_RECORD (told so)'],
    });
    expect(cluster.requestsOf(fetchApi)).toHaveLength(2);
  });

  test('a partition without a leader is given up at the deadline', async () => {
    const cluster = aCluster();
    cluster.topics = [
      ...cluster.topics.map((topic) => ({
        ...topic,
        partitions: topic.partitions.map((it) => (it.index === 0 ? { ...it, leaderId: -1 } : it)),
      })),
    ];
    await using kafka = cluster.connect();
    await expect(prove(kafka, { timeoutMs: 1 })).rejects.toMatchObject({ details: ['orders-0: no leader'] });
  });

  test.each([
    ['changed', (records: Buffer) => Buffer.concat([records.subarray(0, -5), Buffer.from('XXXXX')])],
    ['somewhere else', (records: Buffer) => Buffer.concat([encode(int64, 99), records.subarray(8)])],
  ])('records that come back %s are no proof', async (_how, spoil) => {
    const cluster = aCluster();
    const read = cluster.onRead;
    cluster.onRead = (partition) => (partition === 2 ? spoil(read(partition)) : read(partition));
    await using kafka = cluster.connect();
    await expect(prove(kafka)).rejects.toMatchObject({
      code: 'unhealthy',
      details: ['orders-2: the record at offset 7 is not the one that was written there'],
    });
  });

  test("another writer's records in the place of ours are no proof", async () => {
    const cluster = aCluster();
    const read = cluster.onRead;
    cluster.onRead = (partition) => read(partition === 2 ? 1 : partition);
    await using kafka = cluster.connect();
    await expect(prove(kafka)).rejects.toMatchObject({ code: 'unhealthy' });
  });

  test('an acknowledged record that never can be read is no proof', async () => {
    const cluster = aCluster();
    const read = cluster.onRead;
    cluster.onRead = (partition) => (partition === 0 ? Buffer.alloc(0) : read(partition));
    await using kafka = cluster.connect();
    await expect(prove(kafka, { timeoutMs: 1 })).rejects.toMatchObject({
      details: ['orders-0: nothing to read at offset 7'],
    });
  });

  test('an abort ends it', async () => {
    const cluster = aCluster();
    cluster.onWrite = () => ({ errorCode: 19 });
    await using kafka = cluster.connect();
    await expect(prove(kafka, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });

  async function prove(
    kafka: FencedKafka,
    options: { signal?: AbortSignal; timeoutMs?: number } = {},
  ): Promise<{ result: RoundTrip; told: string[] }> {
    const told: string[] = [];
    const proof = proveWritePath(kafka, {
      topics: [{ name: 'orders', partitions: 3 }],
      runId: 'run-1',
      recordsPerPartition: 2,
      signal: new AbortController().signal,
      ...options,
    });
    for (;;) {
      const { done, value } = await proof.next();
      if (done) return { result: value, told };
      told.push(value);
    }
  }

  type Written = { errorCode: number; baseOffset?: number };
  type LogCluster = FakeCluster & {
    onWrite: (partition: number, records: Buffer) => Written;
    onRead: (partition: number) => Buffer;
  };

  /** Two brokers with one topic of three partitions, whose next offset is 7. */
  function aCluster(): LogCluster {
    const logs = new Map<number, Buffer>();
    const cluster = Object.assign(new FakeCluster([0, 1]), {
      onWrite(partition: number, records: Buffer): Written {
        logs.set(partition, Buffer.concat([encode(int64, 7), records.subarray(8)]));
        return { errorCode: 0, baseOffset: 7 };
      },
      onRead: (partition: number): Buffer => logs.get(partition) ?? Buffer.alloc(0),
    });
    cluster.topics = [aTopic('orders', [0, 1], [1, 0], [0, 1])];
    cluster.answer(produceApi, ({ topics }) => {
      const { index = -1, records = Buffer.alloc(0) } = topics[0]?.partitions[0] ?? {};
      const { errorCode, baseOffset = -1 } = cluster.onWrite(index, records);
      const errorMessage = errorCode === 87 ? 'told so' : null;
      const answer = {
        index,
        errorCode,
        baseOffset,
        logAppendTimeMs: -1,
        logStartOffset: 0,
        recordErrors: [],
        errorMessage,
      };
      return { topics: [{ name: 'orders', partitions: [answer] }], throttleTimeMs: 0 };
    });
    cluster.answer(fetchApi, ({ topics }) => {
      const index = topics[0]?.partitions[0]?.index ?? -1;
      const answer = {
        index,
        errorCode: 0,
        highWatermark: 9,
        lastStableOffset: 9,
        logStartOffset: 0,
        abortedTransactions: null,
        preferredReadReplica: -1,
        records: cluster.onRead(index),
      };
      return {
        throttleTimeMs: 0,
        errorCode: 0,
        sessionId: 0,
        topics: [{ name: 'orders', partitions: [answer] }],
      };
    });
    return cluster;
  }
});
