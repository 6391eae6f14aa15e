import { describe, expect, test } from '@jest/globals';
import { aTopic, FakeCluster } from '@kafka-ha/kafka/testing';
import {
  describeConfigsApi,
  listPartitionReassignmentsApi,
  metadataApi,
  RESOURCE,
} from '@kafka-ha/kafka-protocol';
import { readKafka } from './read-kafka.ts';

const { signal } = new AbortController();

describe('readKafka', () => {
  test('where all agree they are asked once, for no more keys than are needed', async () => {
    const cluster = aCluster();
    await using kafka = cluster.connect();
    const { brokers, controllerId, cutOff } = await readKafka(kafka, [0, 1, 2], signal);
    expect(brokers).toMatchObject({ value: [{ id: 0 }, { id: 1 }, { id: 2 }] });
    expect({ controllerId, cutOff }).toMatchObject({ controllerId: { value: 0 }, cutOff: [] });
    expect(cluster.requestsOf(metadataApi)).toHaveLength(3);
    const keys = cluster
      .requestsOf(describeConfigsApi)
      .flatMap(({ resources }) => resources.map((it) => it.keys));
    expect(keys.every((each) => each !== null && each.length <= 4)).toBe(true);
  });

  test('the old memory of a broker that is cut off counts for nothing, and is found', async () => {
    const cluster = aCluster();
    const truth = aTopic('orders', [1, 0]);
    const now = { ...truth, partitions: truth.partitions.map((it) => ({ ...it, leaderEpoch: 1, isr: [1] })) };
    cluster.topics = [now];
    cluster.answer(metadataApi, (_request, brokerId) => ({
      throttleTimeMs: 0,
      brokers: (brokerId === 0 ? [0, 1, 2] : [1, 2]).map((nodeId) => {
        return { nodeId, host: `kafka-${nodeId}`, port: 9092, rack: null };
      }),
      clusterId: null,
      controllerId: brokerId === 0 ? 0 : 1,
      topics: [brokerId === 0 ? aTopic('orders', [0, 1]) : now],
    }));
    cluster.controllerId = 1;
    const registry = {
      controllerIsBroker: true,
      controller: async () => ({ id: 1, term: 'second' }),
      spokesman: async () => ({ id: 1, term: 'second', brokerId: 1 }),
      brokerIds: async () => [1, 2],
      assignment: async () => null,
      close: () => undefined,
    };
    await using kafka = cluster.connect(undefined, { registry });
    const found = await readKafka(kafka, [0, 1, 2], signal);
    expect(found.brokers).toMatchObject({ value: [{ id: 1 }, { id: 2 }] });
    expect(found.topics).toMatchObject({ value: [{ partitions: [{ leader: 1, isr: [1] }] }] });
    expect(found.cutOff).toEqual([
      {
        brokerId: 0,
        differs: [
          'names broker 0 as controller where it is broker 1',
          'knows brokers 0, 1, 2 as registered where 1, 2 are',
          'has older leaders of 1 partition',
        ],
      },
    ]);
  }, 15_000);

  test('who hears of a change a moment later is not cut off', async () => {
    const cluster = aCluster();
    let looks = 0;
    cluster.answer(metadataApi, (_request, brokerId) => ({
      throttleTimeMs: 0,
      brokers: [0, 1, 2].map((nodeId) => ({ nodeId, host: `kafka-${nodeId}`, port: 9092, rack: null })),
      clusterId: null,
      controllerId: brokerId === 2 && ++looks === 1 ? 1 : 0,
      topics: cluster.topics,
    }));
    await using kafka = cluster.connect();
    expect((await readKafka(kafka, [0, 1, 2], signal)).cutOff).toEqual([]);
    expect(looks).toBe(2);
  });

  test('with controllers of their own whomever a broker names is not compared', async () => {
    const cluster = aCluster();
    cluster.topics = [aTopic('orders', [0, 1])];
    const shrunk = {
      ...cluster.topics[0]!,
      partitions: [{ ...cluster.topics[0]!.partitions[0]!, isr: [0] }],
    };
    cluster.answer(metadataApi, (_request, brokerId) => ({
      throttleTimeMs: 0,
      brokers: [0, 1, 2].map((nodeId) => ({ nodeId, host: `kafka-${nodeId}`, port: 9092, rack: null })),
      clusterId: null,
      controllerId: brokerId,
      topics: brokerId === 1 ? cluster.topics : [shrunk],
    }));
    const controller = { id: 1_001, term: '7' };
    const registry = {
      controllerIsBroker: false,
      controller: async () => controller,
      spokesman: async () => ({ ...controller, brokerId: 1 }),
      brokerIds: async () => [0, 1, 2],
      assignment: async () => null,
      close: () => undefined,
    };
    await using kafka = cluster.connect(undefined, { registry });
    expect(await readKafka(kafka, [0, 1, 2], signal)).toMatchObject({
      controllerId: { value: 1_001 },
      cutOff: [],
      topics: { value: [{ partitions: [{ isr: [0, 1] }] }] },
    });
  });

  test('what brokers and topics were given, and who gave it, is told without values that are kept secret', async () => {
    const cluster = aCluster();
    cluster.topics = [aTopic('orders', [0, 1])];
    const secret = (name: string, source: number) => ({ name, value: null, source, isSensitive: true });
    cluster.answerConfigs(({ type }, brokerId) => [
      {
        ...{ name: 'min.insync.replicas', value: brokerId === 1 ? '1' : '3' },
        source: [5, 3, 2][brokerId] ?? 5,
      },
      type === RESOURCE.topic
        ? secret('message.format.version', 1)
        : secret('log.message.format.version', brokerId === 0 ? 4 : 3),
    ]);
    await using kafka = cluster.connect();
    const dropped = { topics: ['message.format.version'], brokers: ['log.message.format.version'] };
    const { brokerSettings, topics } = await readKafka(kafka, [0, 1, 2], signal, dropped);
    expect(brokerSettings).toEqual({
      kind: 'read',
      value: [
        { brokerId: 0, throttles: [], minInSync: { value: 3, by: 'as in its file' }, dropped: [] },
        {
          ...{ brokerId: 1, throttles: [], dropped: dropped.brokers },
          minInSync: { value: 1, by: 'set for all brokers' },
        },
        {
          ...{ brokerId: 2, throttles: [], dropped: dropped.brokers },
          minInSync: { value: 3, by: 'set for it alone' },
        },
      ],
    });
    expect(topics).toMatchObject({ value: [{ name: 'orders', dropped: ['message.format.version'] }] });
  });

  test('a broker that is away costs the others nothing', async () => {
    const cluster = aCluster();
    cluster.hung.add(2);
    await using kafka = cluster.connect(undefined, { requestTimeoutMs: 100 });
    const { topics, cutOff } = await readKafka(kafka, [0, 1, 2], signal);
    expect({ topics, cutOff }).toMatchObject({ topics: { kind: 'read' }, cutOff: [] });
  });

  test('a controller that has lost ZooKeeper does not hide what is configured', async () => {
    const cluster = aCluster();
    cluster.answer(describeConfigsApi, (_request, brokerId) =>
      brokerId === 0 ? undefined : { throttleTimeMs: 0, resources: [] },
    );
    await using kafka = cluster.connect();
    expect((await readKafka(kafka, [0, 1, 2], signal)).topics).toMatchObject({ kind: 'read' });
  });

  test('where none answers it is said why', async () => {
    const cluster = aCluster();
    for (const id of [0, 1, 2]) cluster.down.add(id);
    await using kafka = cluster.connect();
    await expect(readKafka(kafka, [0, 1, 2], signal)).rejects.toThrow(
      /^no Kafka broker answers: kafka-0:9092: /,
    );
  });

  function aCluster(): FakeCluster {
    const cluster = new FakeCluster([0, 1, 2]);
    cluster.topics = [aTopic('orders', [0, 1])];
    cluster.answer(describeConfigsApi, () => ({ throttleTimeMs: 0, resources: [] }));
    cluster.answer(listPartitionReassignmentsApi, () => ({
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      topics: [],
    }));
    return cluster;
  }

  test('one alone is asked for partitions where that is wanted, another one where it does not answer', async () => {
    const cluster = aCluster();
    cluster.topics = [aTopic('orders', [0, 1, 2])];
    const full = () => cluster.requestsOf(metadataApi).filter(({ topics }) => topics === null).length;
    await using kafka = cluster.connect(undefined, { controllerWithinMs: 0 });
    const read = () => readKafka(kafka, [0, 1, 2], signal, undefined, 'one');
    expect(await read()).toMatchObject({ topics: { value: [{ name: 'orders' }] }, cutOff: [] });
    expect(full()).toBe(1);
    cluster.down.add(0);
    await using other = cluster.connect(undefined, { controllerWithinMs: 0 });
    expect(await readKafka(other, [0, 1, 2], signal, undefined, 'one')).toMatchObject({
      brokers: { value: [{ id: 1 }, { id: 2 }] },
      topics: { value: [{ name: 'orders' }] },
    });
  }, 15_000);
});
