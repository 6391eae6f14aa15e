import { describe, expect, test } from '@jest/globals';
import { createTopicsApi, deleteTopicsApi } from '@kafka-ha/kafka-protocol';
import { createTopics, deleteTopics } from './index.ts';
import { aTopic, FakeCluster } from './testing/fake-cluster.ts';

const { signal } = new AbortController();
const orders = {
  name: 'orders',
  config: { 'retention.bytes': '1000' },
  assignment: [
    [1, 0],
    [0, 1],
  ],
};

describe('createTopics', () => {
  test('a topic is created with exactly its replica lists and keys', async () => {
    const cluster = aCluster();
    await using kafka = cluster.connect();
    expect(await createTopics(kafka, [orders], { signal })).toEqual({ created: ['orders'], existing: [] });
    expect(cluster.requestsOf(createTopicsApi)[0]?.topics).toEqual([
      {
        name: 'orders',
        partitionCount: -1,
        replicationFactor: -1,
        assignments: [
          { partition: 0, brokerIds: [1, 0] },
          { partition: 1, brokerIds: [0, 1] },
        ],
        configs: [{ name: 'retention.bytes', value: '1000' }],
      },
    ]);
  });

  test('a topic that exists stays as it is', async () => {
    const cluster = aCluster();
    cluster.topics = [aTopic('orders', [0])];
    await using kafka = cluster.connect();
    expect(await createTopics(kafka, [orders], { signal })).toEqual({ created: [], existing: ['orders'] });
    expect(cluster.requestsOf(createTopicsApi)).toEqual([]);
  });

  test('a topic that somebody else creates at the same time is one that exists', async () => {
    const cluster = aCluster();
    cluster.answer(createTopicsApi, ({ topics }) => {
      cluster.topics = [aTopic('orders', [0])];
      return answerTo(topics, 36);
    });
    await using kafka = cluster.connect();
    expect(await createTopics(kafka, [orders], { signal })).toEqual({ created: [], existing: ['orders'] });
  });

  test('a topic that is still being deleted is created once it is gone', async () => {
    const cluster = aCluster();
    let stillThere = 2;
    cluster.answer(createTopicsApi, ({ topics }) => {
      if (stillThere-- > 0) return answerTo(topics, 36);
      cluster.topics = [aTopic('orders', [0])];
      return answerTo(topics, 0);
    });
    await using kafka = cluster.connect();
    expect((await createTopics(kafka, [orders], { signal })).created).toEqual(['orders']);
  });

  test('it waits until every replica is in sync', async () => {
    const cluster = aCluster();
    cluster.topics = [lagging()];
    await using kafka = cluster.connect();
    let done = false;
    const creating = createTopics(kafka, [orders], { signal }).then(() => (done = true));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(done).toBe(false);
    cluster.topics = [aTopic('orders', [0, 1])];
    await creating;
  });

  test('what is not in sync by the deadline is named', async () => {
    const cluster = aCluster();
    const leaderless = aTopic('lost', [1]);
    cluster.topics = [
      lagging(),
      { ...leaderless, partitions: leaderless.partitions.map((it) => ({ ...it, leaderId: -1 })) },
    ];
    await using kafka = cluster.connect();
    await expect(
      createTopics(kafka, [orders, { ...orders, name: 'lost' }], { signal, timeoutMs: 1 }),
    ).rejects.toMatchObject({
      code: 'deadline-exceeded',
      details: ['orders-0: not in sync on broker 1', 'lost-0: no leader'],
    });
  });

  test('a broker that is not registered is refused before anything is created', async () => {
    const cluster = aCluster();
    await using kafka = cluster.connect();
    await expect(
      createTopics(kafka, [{ ...orders, assignment: [[0, 9]] }], { signal }),
    ).rejects.toMatchObject({
      code: 'kafka-refused',
      message: 'topic orders was not created: broker 9 is not registered',
      details: ['registered: 0, 1'],
    });
    expect(cluster.requestsOf(createTopicsApi)).toEqual([]);
  });

  test('what Kafka refuses is said with its reason', async () => {
    const cluster = aCluster();
    cluster.answer(createTopicsApi, ({ topics }) => answerTo(topics, 40, 'Unknown topic config name: x'));
    await using kafka = cluster.connect();
    await expect(createTopics(kafka, [orders], { signal })).rejects.toMatchObject({
      code: 'kafka-refused',
      message: 'topic orders was not created: INVALID_CONFIG (Unknown topic config name: x)',
    });
  });

  test('an abort ends the waiting', async () => {
    const cluster = aCluster();
    cluster.topics = [lagging()];
    await using kafka = cluster.connect();
    await expect(createTopics(kafka, [orders], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
  });

  test('deleting what does not exist is no error, what Kafka refuses is', async () => {
    const cluster = aCluster();
    const codes = new Map([
      ['nowhere', 3],
      ['busy', 7],
      ['kept', 73],
    ]);
    cluster.answer(deleteTopicsApi, ({ names }) => ({
      throttleTimeMs: 0,
      topics: names.map((name) => ({ name, errorCode: codes.get(name) ?? 0 })),
    }));
    await using kafka = cluster.connect();
    await deleteTopics(kafka, ['orders', 'nowhere', 'busy']);
    await expect(deleteTopics(kafka, ['kept'])).rejects.toMatchObject({
      code: 'kafka-refused',
      message: 'topic kept was not deleted: TOPIC_DELETION_DISABLED',
    });
  });

  /** Two brokers that create what they are asked for, at once. */
  function aCluster(): FakeCluster {
    const cluster = new FakeCluster([0, 1]);
    cluster.answer(createTopicsApi, ({ topics }) => {
      for (const { name, assignments } of topics) {
        cluster.topics.push(aTopic(name, ...assignments.map(({ brokerIds }) => brokerIds)));
      }
      return answerTo(topics, 0);
    });
    return cluster;
  }

  function answerTo(
    topics: readonly { name: string }[],
    errorCode: number,
    errorMessage: string | null = null,
  ) {
    return { throttleTimeMs: 0, topics: topics.map(({ name }) => ({ name, errorCode, errorMessage })) };
  }

  function lagging() {
    const topic = aTopic('orders', [0, 1]);
    return { ...topic, partitions: topic.partitions.map((partition) => ({ ...partition, isr: [0] })) };
  }
});
