import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { fakeApiServer } from '@kafka-ha/kube/testing';
import { answerAsKraft, answerAsZookeeper, FakeKraft, type Said } from '@kafka-ha/cluster/testing';
import { watchQuorum } from './watch-quorum.ts';

const spec = aSpec({ brokers: 3, tolerance: 1 });
const victims = [0, 1].map((ordinal) => {
  return { component: 'zookeeper' as const, pod: `events-zookeeper-${ordinal}`, node: 'n', ordinal };
});

/** Watches server 2 for two seconds, while 0 and 1 are silent. It says this at its readings, the last one again and again. */
async function watch(...says: Said['mode'][]) {
  await using fake = await fakeApiServer();
  const asked = new Set<string>();
  answerAsZookeeper(fake, (pod) => {
    asked.add(pod);
    const mode = says[Math.floor(fake.clock.now() / 500)] ?? says.at(-1)!;
    return mode === 'leader' ? { mode, synced: 1 } : { mode };
  });
  const doubts: string[] = [];
  await watchQuorum(victims, {
    cluster: { kube: fake.kube, spec, signal: new AbortController().signal },
    durationMs: 2_000,
    nodes: undefined,
    doubt: (reason) => void doubts.push(reason),
  });
  return { doubts, asked: [...asked], tookMs: fake.clock.now() };
}

describe('watchQuorum', () => {
  test('a server that is left without a quorum raises no doubt', async () => {
    expect(await watch('follower', 'looking')).toEqual({
      doubts: [],
      asked: ['events-zookeeper-2'],
      tookMs: 2_000,
    });
  });

  test('one that leads, be it for a moment, shows that the quorum was not lost', async () => {
    const { doubts } = await watch('looking', 'leader', 'looking');
    expect(doubts).toEqual(['events-zookeeper-2 was the leader while ZooKeeper should have had no quorum']);
  });

  test('one that is itself lost meanwhile leaves nobody who saw it', async () => {
    const { doubts } = await watch('away');
    expect(doubts).toEqual([
      'it is unknown whether ZooKeeper had no quorum: events-zookeeper-2 could not be asked',
    ]);
  });

  test('one that answers now and then has been seen', async () => {
    expect((await watch('away', 'looking', 'away')).doubts).toEqual([]);
  });

  test('controllers are asked for themselves: who is left is not active while none is elected', async () => {
    expect(await watchControllers([null, null, null])).toEqual({ doubts: [], asked: [1_002] });
    expect((await watchControllers([null, null, 1_002])).doubts).toEqual([
      'events-controller-2 was the leader while KRaft should have had no quorum',
    ]);
  });

  /** Watches controller 2 while 0 and 1 are silent; by ordinal whom each takes for the active one. */
  async function watchControllers(activeIn: (number | null)[]) {
    await using fake = await fakeApiServer();
    const kraft = new FakeKraft();
    kraft.activeIn = activeIn;
    answerAsKraft(fake, kraft);
    const doubts: string[] = [];
    const victims = [0, 1].map((ordinal) => {
      return { component: 'controller' as const, pod: `events-controller-${ordinal}`, node: 'n', ordinal };
    });
    await watchQuorum(victims, {
      cluster: {
        kube: fake.kube,
        spec: aSpec({ mode: 'kraft', brokers: 3, tolerance: 1 }),
        signal: new AbortController().signal,
      },
      durationMs: 2_000,
      nodes: undefined,
      doubt: (reason) => void doubts.push(reason),
    });
    return { doubts, asked: [...new Set(kraft.cluster.asked.map(({ brokerId }) => brokerId))] };
  }
});
