import { describe, expect, test } from '@jest/globals';
import { KafkaHaError } from '@kafka-ha/base';
import { deleteTopicsApi, describeConfigsApi, metadataApi } from '@kafka-ha/kafka-protocol';
import { deleteTopics, readBrokerConfigs, readCluster } from './index.ts';
import { aTopic, FakeCluster } from './testing/fake-cluster.ts';

describe('KafkaConnection', () => {
  test('where nobody is elected in time, it is said', async () => {
    const cluster = new FakeCluster([0, 1]);
    cluster.controllerId = -1;
    await using kafka = cluster.connect(undefined, { controllerWithinMs: 0 });
    await expect(readCluster(kafka)).rejects.toMatchObject({
      code: 'kafka-unreachable',
      message: 'there is no controller',
    });
  });

  test('where the registry cannot be read, nobody is asked instead', async () => {
    const cluster = new FakeCluster([0, 1]);
    const unreadable = async () => {
      throw new KafkaHaError('zookeeper-unreachable', 'no server grants a session');
    };
    const registry = {
      controllerIsBroker: true,
      controller: unreadable,
      spokesman: unreadable,
      brokerIds: unreadable,
      assignment: unreadable,
      close: () => undefined,
    };
    await using kafka = cluster.connect(undefined, { registry, controllerWithinMs: 0 });
    await expect(readCluster(kafka)).rejects.toMatchObject({
      code: 'kafka-unreachable',
      message: 'the controller cannot be determined: no server grants a session',
    });
    expect(cluster.dialled).toEqual([]);
  });

  test('a controller that goes away is not missed', async () => {
    const cluster = new FakeCluster([0, 1, 2]);
    await using kafka = cluster.connect();
    for (const id of [0, 1]) {
      cluster.kill(id);
      expect((await readCluster(kafka)).brokers.map((broker) => broker.id)).not.toContain(id);
    }
  });

  test('a connection is opened once and used again', async () => {
    const cluster = new FakeCluster([0, 1]);
    cluster.answer(describeConfigsApi, () => ({ throttleTimeMs: 0, resources: [] }));
    await using kafka = cluster.connect();
    await readBrokerConfigs(kafka, [0, 1, 0, 1]);
    await readBrokerConfigs(kafka, [0, 1]);
    expect(cluster.dialled).toHaveLength(2);
  });

  test('what only the controller does goes to its successor when it moves', async () => {
    const cluster = new FakeCluster([0, 1]);
    cluster.answer(deleteTopicsApi, ({ names }, brokerId) => {
      const errorCode = brokerId === 1 ? 0 : 41;
      cluster.controllerId = 1;
      return { throttleTimeMs: 0, topics: names.map((name) => ({ name, errorCode })) };
    });
    await using kafka = cluster.connect();
    await deleteTopics(kafka, ['orders']);
    expect(cluster.asked.filter(({ api }) => api === 'DeleteTopics').map(({ brokerId }) => brokerId)).toEqual(
      [0, 1],
    );
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
    await using kafka = cluster.connect();
    await deleteTopics(kafka, ['orders']);
  });

  test('a broker that was the controller when it was cut off, and names itself, is not believed', async () => {
    const cluster = new FakeCluster([0, 1, 2]);
    const [old, now] = [aTopic('orders', [0, 1]), aTopic('orders', [1])];
    cluster.answer(metadataApi, (_request, brokerId) => ({
      throttleTimeMs: 0,
      brokers: [0, 1, 2].map((nodeId) => ({ nodeId, host: `kafka-${nodeId}`, port: 9092, rack: null })),
      clusterId: null,
      controllerId: brokerId === 0 ? 0 : 2,
      topics: [brokerId === 2 ? now : old],
    }));
    cluster.controllerId = 2;
    await using kafka = cluster.connect();
    expect((await kafka.readMetadata(null)).topics).toEqual([now]);
  });

  test('what a controller tells that has been deposed meanwhile does not count', async () => {
    const cluster = new FakeCluster([0, 1]);
    const [old, now] = [aTopic('orders', [0, 1]), aTopic('orders', [1])];
    cluster.answer(metadataApi, (_request, brokerId) => {
      cluster.controllerId = 1;
      return {
        throttleTimeMs: 0,
        brokers: [],
        clusterId: null,
        controllerId: brokerId,
        topics: [brokerId === 1 ? now : old],
      };
    });
    await using kafka = cluster.connect();
    expect((await kafka.readMetadata(null)).topics).toEqual([now]);
  });

  test('a controller that is no broker is asked through the one that speaks for it', async () => {
    const cluster = new FakeCluster([0, 1, 2]);
    cluster.answer(deleteTopicsApi, () => ({ throttleTimeMs: 0, topics: [] }));
    const upToDate: boolean[] = [];
    const elected = { id: 1_002, term: '7' };
    const registry = {
      controllerIsBroker: false,
      controller: async () => elected,
      spokesman: async (options: { upToDate: boolean }) => {
        upToDate.push(options.upToDate);
        return { ...elected, brokerId: options.upToDate ? 2 : 1 };
      },
      brokerIds: async () => [0, 1, 2],
      assignment: async () => null,
      close: () => undefined,
    };
    await using kafka = cluster.connect(undefined, { registry });
    expect((await readCluster(kafka)).controllerId).toBe(1_002);
    await deleteTopics(kafka, ['orders']);
    expect(cluster.asked.map(({ api, brokerId }) => [api, brokerId])).toEqual([
      ['Metadata', 2],
      ['DeleteTopics', 1],
    ]);
    expect(upToDate).toEqual([true, false]);
  });

  test('an abort ends whatever waits, and all that comes after', async () => {
    const stopper = new AbortController();
    const cluster = new FakeCluster([0]);
    const kafka = cluster.connect(stopper.signal);
    await readCluster(kafka);
    cluster.hung.add(0);
    const waiting = readCluster(kafka);
    stopper.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    await expect(readCluster(kafka)).rejects.toMatchObject({ code: 'aborted' });
    expect(cluster.streams.every(({ stream }) => stream.destroyed)).toBe(true);
  });

  test('an abort before connecting connects to nothing', async () => {
    const cluster = new FakeCluster([0]);
    const kafka = cluster.connect(AbortSignal.abort());
    await expect(readCluster(kafka)).rejects.toMatchObject({ code: 'aborted' });
    expect(cluster.dialled).toEqual([]);
  });

  test('closing leaves no connection open, not even one that was just being opened', async () => {
    const cluster = new FakeCluster([0, 1, 2]);
    const kafka = cluster.connect();
    await readCluster(kafka);
    const opening = kafka.readMetadataOf(1, []).catch(() => undefined);
    kafka.close();
    await opening;
    expect(cluster.streams.map(({ stream }) => stream.destroyed)).toEqual([true, true]);
  });
});
