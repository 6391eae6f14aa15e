import { describe, expect, test } from '@jest/globals';
import { systemClock } from '@kafka-ha/base';
import { fakeClock } from '@kafka-ha/base/testing';
import { apiVersionsApi } from '@kafka-ha/kafka-protocol';
import { aTopic } from '@kafka-ha/kafka/testing';
import { FakeKraft } from '../testing/kraft-nodes.ts';
import { registryOf } from './kraft-registry.ts';

const { signal } = new AbortController();
const registry = (kraft: FakeKraft) =>
  registryOf(kraft.nodes, { controllers: 3, clock: systemClock, signal });

describe('kraftRegistry', () => {
  test('who is active is the word of the controllers, whoever a broker names', async () => {
    const kraft = new FakeKraft();
    expect(await registry(kraft).controller()).toEqual({ id: 1_001, term: '7' });
    expect(kraft.cluster.asked.every(({ brokerId }) => brokerId >= 1_000)).toBe(true);
  });

  test('nobody is active where all that answer say so', async () => {
    const kraft = new FakeKraft();
    kraft.activeIn = [null, null, null];
    expect(await registry(kraft).controller()).toBeNull();
    expect(await registry(kraft).spokesman({ upToDate: true })).toBeNull();
    await expect(registry(kraft).brokerIds()).rejects.toMatchObject({ code: 'kafka-unreachable' });
  });

  test('an active one that does not answer is not nobody', async () => {
    const kraft = new FakeKraft();
    kraft.cluster.down.add(1_001);
    await expect(registry(kraft).controller()).rejects.toMatchObject({
      code: 'kafka-unreachable',
      message: 'the active controller does not answer',
    });
  });

  test('where the active one has spoken, one that is silent is not waited for', async () => {
    const kraft = new FakeKraft({ answerWithinMs: 600_000 });
    kraft.cluster.hung.add(1_002);
    expect(await registry(kraft).controller()).toMatchObject({ id: 1_001 });
    kraft.nodes.close();
  });

  test('a broker is asked once its memory reaches to what is decided', async () => {
    const kraft = new FakeKraft();
    for (const id of [0, 1, 2]) kraft.knows.set(id, 48);
    setTimeout(() => kraft.knows.set(0, 49), 120);
    expect(await registry(kraft).spokesman({ upToDate: true })).toEqual({
      id: 1_001,
      term: '7',
      brokerId: 0,
    });
    expect(kraft.cluster.requestsOf(apiVersionsApi).length).toBeGreaterThan(1);
  });

  test('for a change any broker will do that the active one has lately told all', async () => {
    const kraft = new FakeKraft();
    for (const id of [0, 1, 2]) kraft.knows.set(id, 48);
    kraft.replicas.set(0, { fetchedAt: 97_000, caughtUpAt: 97_000 });
    kraft.cluster.down.add(1);
    expect(await registry(kraft).spokesman({ upToDate: false })).toMatchObject({ brokerId: 2 });
  });

  test('who was asked last is asked again', async () => {
    const kraft = new FakeKraft();
    kraft.cluster.down.add(0);
    const of = registry(kraft);
    await of.spokesman({ upToDate: true });
    kraft.cluster.down.clear();
    expect(await of.spokesman({ upToDate: true })).toMatchObject({ brokerId: 1 });
  });

  test('where no broker is told anything, it is said', async () => {
    const kraft = new FakeKraft();
    for (const id of [0, 1, 2]) kraft.replicas.set(id, { fetchedAt: -1, caughtUpAt: -1 });
    await expect(registry(kraft).spokesman({ upToDate: false })).rejects.toMatchObject({
      code: 'kafka-unreachable',
      message: 'no broker is in touch with the active controller',
    });
  });

  test('a broker that still uses ZooKeeper is asked where no other is there, and none of them waited for', async () => {
    const kraft = new FakeKraft();
    for (const id of [0, 1, 2]) {
      kraft.withZookeeper.add(id);
      kraft.knows.set(id, 3);
    }
    const clock = fakeClock();
    const of = registryOf(kraft.nodes, { controllers: 3, clock, signal });
    expect(await of.spokesman({ upToDate: true })).toMatchObject({ id: 1_001, brokerId: 0 });
    expect(clock.slept).toEqual([]);
    kraft.withZookeeper.delete(2);
    kraft.knows.delete(2);
    expect(await registry(kraft).spokesman({ upToDate: true })).toMatchObject({ brokerId: 2 });
  });

  test('who is fenced is not registered', async () => {
    const kraft = new FakeKraft();
    kraft.fenced.add(1);
    expect(await registry(kraft).brokerIds()).toEqual([0, 2]);
  });

  test('an assignment comes with the id of its topic', async () => {
    const kraft = new FakeKraft();
    const topicId = 'AAAAAAAAAAAAAAAAAAAABw';
    kraft.cluster.topics = [{ ...aTopic('orders', [0, 1], [1, 2]), topicId }];
    expect(await registry(kraft).assignment('orders')).toEqual({
      topicId,
      partitions: new Map([
        [0, [0, 1]],
        [1, [1, 2]],
      ]),
    });
    expect(await registry(kraft).assignment('other')).toBeNull();
  });
});
