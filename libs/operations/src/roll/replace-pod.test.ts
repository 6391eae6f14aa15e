import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { fencedBy, momentOf, type KubeObject } from '@kafka-ha/kube';
import { aStatus, type Reply } from '@kafka-ha/kube/testing';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { evictPod } from './replace-pod.ts';

const spec = aSpec({ brokers: 3, tolerance: 1 });
const name = 'events-kafka-1';
const eviction = `POST ${name}/eviction`;
const budgetSaysNo = aStatus(429, "Cannot evict pod as it would violate the pod's disruption budget.");

type Late = {
  /** How long the lease takes to be renewed before a change, in milliseconds. */
  fenceMs?: number;
  /** How long it takes to read again what says that the pod is spare, and whether it is, the first time and from then on. */
  againMs?: number;
  spare?: readonly boolean[];
};

/** Evicts broker 1 of three, against an API server that answers an eviction so; what it does not answer it does. */
async function evict(
  answer: (attempt: number) => Reply | undefined,
  { fenceMs = 0, againMs = 0, spare = [true] }: Late = {},
) {
  let attempts = 0;
  const fake = await fakeObjects(['events-kafka-0', name, 'events-kafka-2'].map(aPod), ({ path }) => {
    if (!path.endsWith('/eviction')) return undefined;
    const reply = answer(++attempts);
    if (reply !== undefined) return reply;
    fake.objects.delete(`pods/${name}`);
    return { status: 201, json: {} };
  });
  const { uid } = fake.objects.get(`pods/${name}`)!.metadata;
  const told: string[] = [];
  const { clock } = fake;
  let readings = 0;
  const gate = {
    readAt: momentOf(clock),
    again: async () => {
      await clock.sleep(againMs);
      return (spare[readings++] ?? spare.at(-1)) ? momentOf(clock) : undefined;
    },
  };
  const run = async () => {
    const cluster = {
      kube: fencedBy(() => clock.sleep(fenceMs), fake.kube),
      spec,
      signal: new AbortController().signal,
    };
    const evicting = evictPod(cluster, { name, uid: uid! }, gate);
    for (;;) {
      const { done, value } = await evicting.next();
      if (done) return value;
      told.push(value);
    }
  };
  const left = () => [...fake.objects.keys()];
  const bodies = () => fake.received.filter(({ method }) => method !== 'GET').map(({ body }) => body);
  return {
    fake,
    run,
    told,
    uid,
    left,
    bodies,
    readings: () => readings,
    [Symbol.asyncDispose]: fake[Symbol.asyncDispose],
  };
}

function aPod(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: spec.namespace } };
}

describe('replacePod', () => {
  test('a pod that serves is evicted, and only this very one', async () => {
    await using it = await evict(() => undefined);
    await it.run();
    expect(it.fake.changes()).toEqual([eviction]);
    expect(it.bodies()).toMatchObject([
      { kind: 'Eviction', metadata: { name }, deleteOptions: { preconditions: { uid: it.uid } } },
    ]);
    expect(it.told).toEqual([]);
  });

  test('while the disruption budget allows none it waits, says so once, and touches no other pod', async () => {
    await using it = await evict((attempt) => (attempt < 4 ? budgetSaysNo : undefined));
    await it.run();
    expect(it.told).toEqual([`${name} waits: the disruption budget allows no eviction now`]);
    expect(it.fake.changes()).toEqual(Array(4).fill(eviction));
    expect(it.left()).toEqual(['pods/events-kafka-0', 'pods/events-kafka-2']);
  });

  test('a budget that allows none for minutes ends the wait, with the pod where it is', async () => {
    await using it = await evict(() => {
      void it.fake.clock.sleep(60_000);
      return budgetSaysNo;
    });
    await expect(it.run()).rejects.toMatchObject({
      code: 'deadline-exceeded',
      message: expect.stringMatching(/^Waited 300 s for the disruption budget/),
    });
    expect(it.left()).toHaveLength(3);
  });

  test('who may not evict deletes it, this very one, and says that no budget was asked', async () => {
    const forbidden = `User "ann" cannot create resource "pods/eviction" in API group "" in the namespace "events"`;
    await using it = await evict(() => aStatus(403, forbidden));
    await it.run();
    expect(it.told).toEqual([
      `${name} is deleted: this account may not evict pods, so no disruption budget applies`,
    ]);
    expect(it.fake.changes()).toEqual([eviction, `DELETE pods/${name}`]);
    expect(it.bodies()[1]).toMatchObject({ preconditions: { uid: it.uid } });
  });

  test('one that was replaced meanwhile is left as it is', async () => {
    await using it = await evict(() => {
      it.fake.objects.set(`pods/${name}`, { ...aPod(name), metadata: { name, uid: 'another' } });
      return aStatus(409, 'the UID in the precondition does not match');
    });
    await it.run();
    expect(it.fake.changes()).toEqual([eviction]);
    expect(it.left()).toHaveLength(3);
  });

  test('an eviction that fails for another reason is told as it is, and nothing is deleted', async () => {
    await using it = await evict(() => aStatus(500, 'misconfigured'));
    await expect(it.run()).rejects.toMatchObject({ code: 'kubernetes-refused' });
    expect(it.left()).toHaveLength(3);
  });

  test('what says that the pod is spare is read again where the lease was renewed late, and nothing is sent before', async () => {
    await using it = await evict(() => undefined, { fenceMs: 4_000 });
    await it.fake.clock.sleep(2_000);
    expect(await it.run()).toBe(true);
    expect(it.readings()).toBe(1);
    expect(it.fake.changes()).toEqual([eviction]);
  });

  test('a pod that is no longer spare then is left as it is', async () => {
    await using it = await evict(() => undefined, { fenceMs: 6_000, spare: [false] });
    expect(await it.run()).toBe(false);
    expect(it.fake.changes()).toEqual([]);
    expect(it.left()).toHaveLength(3);
  });

  test('while a budget is waited for it is read again every few seconds', async () => {
    await using it = await evict(() => budgetSaysNo, { spare: [true, false] });
    expect(await it.run()).toBe(false);
    expect(it.readings()).toBe(2);
    expect(it.left()).toHaveLength(3);
  });

  test('a deletion in place of an eviction rests on a fresh reading, too', async () => {
    const answer = () => {
      void it.fake.clock.sleep(6_000);
      return aStatus(
        403,
        `User "ann" cannot create resource "pods/eviction" in API group "" in the namespace "x"`,
      );
    };
    await using it = await evict(answer, { spare: [false] });
    expect(await it.run()).toBe(false);
    expect(it.fake.changes()).toEqual([eviction]);
  });

  test('where a reading takes longer than it is good for, one that was made again counts from its end', async () => {
    await using it = await evict(() => undefined, { againMs: 20_000 });
    await it.fake.clock.sleep(20_000);
    expect(await it.run()).toBe(true);
    expect(it.readings()).toBe(1);
  });

  test('a lease that is always renewed too slowly ends it, with the pod where it is', async () => {
    await using it = await evict(() => undefined, { fenceMs: 60_000 });
    await expect(it.run()).rejects.toMatchObject({ code: 'deadline-exceeded' });
    expect(it.fake.changes()).toEqual([]);
  });
});
