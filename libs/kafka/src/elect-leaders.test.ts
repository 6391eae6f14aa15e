import { describe, expect, test } from '@jest/globals';
import { electLeadersApi } from '@kafka-ha/kafka-protocol';
import { electLeaders } from './index.ts';
import { FakeCluster } from './testing/fake-cluster.ts';

describe('electLeaders', () => {
  test('all partitions are asked for where none are named', async () => {
    const cluster = anElection({});
    await using kafka = cluster.connect();
    expect(await electLeaders(kafka)).toEqual({ elected: [], failed: [] });
    expect(cluster.requestsOf(electLeadersApi)).toEqual([{ type: 0, topics: null, timeoutMs: 5_000 }]);
  });

  test('what was elected and what was not is told apart; a leader that is the preferred one already is neither', async () => {
    const cluster = anElection({ 0: 0, 1: 84, 2: 80 });
    await using kafka = cluster.connect();
    expect(
      await electLeaders(
        kafka,
        [0, 1, 2].map((partition) => ({ topic: 'orders', partition })),
      ),
    ).toEqual({
      elected: [{ topic: 'orders', partition: 0 }],
      failed: [{ topic: 'orders', partition: 2, reason: 'PREFERRED_LEADER_NOT_AVAILABLE' }],
    });
    expect(cluster.requestsOf(electLeadersApi)[0]?.topics).toEqual([
      { name: 'orders', partitions: [0, 1, 2] },
    ]);
  });

  test('the controller is asked, and its successor when it has moved', async () => {
    const cluster = new FakeCluster([0, 1]);
    cluster.answer(electLeadersApi, (_, brokerId) => {
      if (brokerId === 1) return answerWith({ 0: 0 });
      cluster.controllerId = 1;
      return answerWith({ 0: 41 });
    });
    await using kafka = cluster.connect();
    expect((await electLeaders(kafka)).elected).toEqual([{ topic: 'orders', partition: 0 }]);
  });

  test('a refusal of the whole election is said with its reason', async () => {
    const cluster = new FakeCluster([0]);
    cluster.answer(electLeadersApi, () => ({ throttleTimeMs: 0, errorCode: 31, topics: [] }));
    await using kafka = cluster.connect();
    await expect(electLeaders(kafka)).rejects.toMatchObject({
      code: 'kafka-refused',
      message: 'no preferred leader was elected: CLUSTER_AUTHORIZATION_FAILED',
    });
  });

  /** A cluster that answers with these error codes, by partition. */
  function anElection(codes: Record<number, number>): FakeCluster {
    const cluster = new FakeCluster([0]);
    cluster.answer(electLeadersApi, () => answerWith(codes));
    return cluster;
  }

  function answerWith(codes: Record<number, number>) {
    const partitions = Object.entries(codes).map(([index, errorCode]) => ({
      index: Number(index),
      errorCode,
      errorMessage: null,
    }));
    const topics = partitions.length === 0 ? [] : [{ name: 'orders', partitions }];
    return { throttleTimeMs: 0, errorCode: 0, topics };
  }
});
