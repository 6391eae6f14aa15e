import { expect, test } from '@jest/globals';
import { connectKafka, deleteTopics, readBrokerConfigs, readCluster } from './index.ts';
import { deleteTopicsApi } from './protocol/delete-topics.ts';
import { describeConfigsApi } from './protocol/describe-configs.ts';
import { metadataApi } from './protocol/metadata.ts';
import { aTopic, FakeCluster } from './testing/fake-cluster.ts';
import { aRefusedStream } from './testing/fake-stream.ts';

test('one bootstrap address that answers is enough', async () => {
  const cluster = new FakeCluster([0, 1, 2]);
  cluster.down.add(0);
  cluster.hung.add(1);
  await using kafka = await cluster.connect();
  expect((await readCluster(kafka)).clusterId).toBe('a-cluster');
});

test('where none answers, each is named with its reason', async () => {
  const bootstrap = [0, 1].map((id) => ({ host: `kafka-${id}`, port: 9092 }));
  const { signal } = new AbortController();
  await expect(
    connectKafka({ bootstrap, dial: aRefusedStream, clientId: 'test', signal }),
  ).rejects.toMatchObject({
    code: 'kafka-unreachable',
    message: 'no Kafka broker answers at kafka-0:9092, kafka-1:9092',
    details: ['kafka-0:9092: connect ECONNREFUSED', 'kafka-1:9092: connect ECONNREFUSED'],
  });
});

test('a broker that goes away is not missed', async () => {
  const cluster = new FakeCluster([0, 1, 2]);
  await using kafka = await cluster.connect();
  for (const id of [0, 1]) {
    cluster.kill(id);
    expect((await readCluster(kafka)).brokers.map((broker) => broker.id)).not.toContain(id);
  }
});

test('a broker that hangs is not waited for while others answer', async () => {
  const cluster = new FakeCluster([0, 1]);
  cluster.hung.add(1);
  await using kafka = await cluster.connect();
  cluster.hung.delete(1);
  cluster.hung.add(0);
  const started = performance.now();
  await readCluster(kafka);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('brokers are dialled at the address that they advertise', async () => {
  const cluster = new FakeCluster([4, 5]);
  cluster.controllerId = 5;
  cluster.answer(deleteTopicsApi, () => ({ throttleTimeMs: 0, topics: [] }));
  const kafka = await connectKafka({
    bootstrap: [{ host: 'kafka-4', port: 9999 }],
    dial: cluster.dial,
    clientId: 'test',
    signal: new AbortController().signal,
  });
  await deleteTopics(kafka, []);
  expect(cluster.dialled).toEqual([
    { host: 'kafka-4', port: 9999 },
    { host: 'kafka-5', port: 9092 },
  ]);
  kafka.close();
});

test('a connection is opened once and used again', async () => {
  const cluster = new FakeCluster([0, 1]);
  cluster.answer(describeConfigsApi, () => ({ throttleTimeMs: 0, resources: [] }));
  await using kafka = await cluster.connect();
  await readBrokerConfigs(kafka, [0, 1, 0, 1]);
  await readBrokerConfigs(kafka, [0, 1]);
  expect(cluster.dialled).toHaveLength(2);
});

test('many that wait for a broker that goes away are all answered by another', async () => {
  const cluster = new FakeCluster([0, 1]);
  cluster.hung.add(1);
  await using kafka = await cluster.connect();
  cluster.hung.delete(1);
  cluster.hung.add(0);
  const waiting = Promise.all([readCluster(kafka), readCluster(kafka), readCluster(kafka)]);
  setTimeout(() => cluster.kill(0), 10);
  expect((await waiting).map(({ brokers }) => brokers.length)).toEqual([1, 1, 1]);
});

test('what only the controller does goes to its successor when it moves', async () => {
  const cluster = new FakeCluster([0, 1]);
  cluster.answer(deleteTopicsApi, ({ names }, brokerId) => {
    const errorCode = brokerId === 1 ? 0 : 41;
    cluster.controllerId = 1;
    return { throttleTimeMs: 0, topics: names.map((name) => ({ name, errorCode })) };
  });
  await using kafka = await cluster.connect();
  await deleteTopics(kafka, ['orders']);
  expect(cluster.asked.filter(({ api }) => api === 'DeleteTopics').map(({ brokerId }) => brokerId)).toEqual([
    0, 1,
  ]);
});

test('what only the controller does goes to its successor when it dies', async () => {
  const cluster = new FakeCluster([0, 1]);
  cluster.answer(deleteTopicsApi, (_request, brokerId) => {
    if (brokerId === 1) return { throttleTimeMs: 0, topics: [] };
    cluster.kill(0);
    // Until the dead broker's session has expired nobody is controller.
    cluster.controllerId = -1;
    setTimeout(() => (cluster.controllerId = 1), 50);
    return undefined;
  });
  await using kafka = await cluster.connect();
  await deleteTopics(kafka, ['orders']);
});

test('where the word of the controller counts, no other broker is believed', async () => {
  const cluster = new FakeCluster([0, 1, 2]);
  const [old, now] = [aTopic('orders', [0, 1]), aTopic('orders', [1, 0])];
  cluster.answer(metadataApi, (_request, brokerId) => ({
    throttleTimeMs: 0,
    brokers: [0, 1, 2].map((nodeId) => ({ nodeId, host: `kafka-${nodeId}`, port: 9092, rack: null })),
    clusterId: null,
    controllerId: 2,
    topics: [brokerId === 2 ? now : old],
  }));
  await using kafka = await cluster.connect(undefined, { metadataOf: 'controller' });
  expect((await kafka.readMetadata(null)).topics).toEqual([now]);
  await using credulous = await cluster.connect();
  cluster.hung.add(2);
  expect((await credulous.readMetadata(null)).topics).toEqual([old]);
});

test('an abort ends whatever waits, and all that comes after', async () => {
  const stopper = new AbortController();
  const cluster = new FakeCluster([0]);
  const kafka = await cluster.connect(stopper.signal);
  cluster.hung.add(0);
  const waiting = readCluster(kafka);
  stopper.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  await expect(readCluster(kafka)).rejects.toMatchObject({ code: 'aborted' });
  expect(cluster.streams.every(({ stream }) => stream.destroyed)).toBe(true);
});

test('an abort before connecting connects to nothing', async () => {
  const cluster = new FakeCluster([0]);
  await expect(cluster.connect(AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  expect(cluster.dialled).toEqual([]);
});

test('closing leaves no connection open, not even one that was just being opened', async () => {
  const cluster = new FakeCluster([0, 1, 2]);
  const kafka = await cluster.connect();
  kafka.close();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(cluster.streams.map(({ stream }) => stream.destroyed)).toEqual([true, true, true]);
});
