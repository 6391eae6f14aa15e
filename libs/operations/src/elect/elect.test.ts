import { describe, expect, test } from '@jest/globals';
import type { StepEvent } from '@kafka-ha/base';
import { answerAsKraft, FakeKraft, fakeObjects } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { aTopic } from '@kafka-ha/kafka/testing';
import { electLeadersApi } from '@kafka-ha/kafka-protocol';
import { elect } from './elect.ts';

const spec = aSpec({ mode: 'kraft' });

describe('elect', () => {
  test('partitions go back to their preferred leaders, while the cluster is locked', async () => {
    await using cluster = await aCluster({ 0: 0, 1: 84 });
    expect(await cluster.run()).toBe(1);
    expect(cluster.events.map(({ kind }) => kind)).toEqual([
      'steps',
      'started',
      'finished',
      'started',
      'finished',
    ]);
    expect(cluster.events.at(-1)).toMatchObject({ step: 'leaders', summary: '1 partition moved back' });
    expect(cluster.locks()).toBeGreaterThan(0);
  });

  test('where each leads already that is said', async () => {
    await using cluster = await aCluster({ 0: 84, 1: 84 });
    expect(await cluster.run()).toBe(0);
    expect(cluster.events.at(-1)).toMatchObject({ summary: 'all preferred leaders lead' });
  });

  test('a preferred leader that stays out of sync is a failure, which names the partition', async () => {
    await using cluster = await aCluster({ 0: 84, 1: 80 });
    await expect(cluster.run()).rejects.toMatchObject({
      code: 'unhealthy',
      message: '0 partitions were given back to the preferred leader, 1 was not',
      details: ['orders-1 stays where it is: PREFERRED_LEADER_NOT_AVAILABLE'],
      hint: expect.stringContaining('kafka-ha health'),
    });
  });

  /** Its two partitions are answered with these codes; what was elected needs none afterwards. */
  async function aCluster(codes: Record<number, number>) {
    const kraft = new FakeKraft();
    kraft.cluster.topics = [aTopic('orders', [0, 1], [1, 0])];
    kraft.cluster.answer(electLeadersApi, () => {
      const partitions = Object.entries(codes).map(([index, errorCode]) => ({
        index: Number(index),
        errorCode,
        errorMessage: null,
      }));
      for (const { index, errorCode } of partitions) if (errorCode === 0) codes[index] = 84;
      return { throttleTimeMs: 0, errorCode: 0, topics: [{ name: 'orders', partitions }] };
    });
    const fake = await fakeObjects([]);
    answerAsKraft(fake, kraft);
    const events: StepEvent[] = [];
    return {
      events,
      locks: () => fake.received.filter(({ path }) => path.includes('leases')).length,
      async run() {
        const { signal } = new AbortController();
        const operation = elect({ kube: fake.kube, spec, signal }, { actor: { holder: 'ann' } });
        for (;;) {
          const { done, value } = await operation.next();
          if (done) return value;
          events.push(value);
        }
      },
      [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
    };
  }
});
