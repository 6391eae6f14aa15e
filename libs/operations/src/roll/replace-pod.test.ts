import { expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { KubeObject } from '@kafka-ha/kube';
import { aStatus, type Reply } from '@kafka-ha/kube/testing';
import { fakeObjects } from '../testing/fake-objects.ts';
import { evictPod } from './replace-pod.ts';

const spec = aSpec({ brokers: 3, tolerance: 1 });
const name = 'events-kafka-1';
const eviction = `POST ${name}/eviction`;
const budgetSaysNo = aStatus(429, "Cannot evict pod as it would violate the pod's disruption budget.");

/** Evicts broker 1 of three, against an API server that answers an eviction so; what it does not answer it does. */
async function evict(answer: (attempt: number) => Reply | undefined) {
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
  const run = async () => {
    const pod = { name, uid: uid! };
    for await (const detail of evictPod({ kube: fake.kube, spec }, pod, new AbortController().signal))
      told.push(detail);
  };
  const left = () => [...fake.objects.keys()];
  const bodies = () => fake.received.filter(({ method }) => method !== 'GET').map(({ body }) => body);
  return { fake, run, told, uid, left, bodies, [Symbol.asyncDispose]: fake[Symbol.asyncDispose] };
}

function aPod(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: spec.namespace } };
}

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
  expect(it.told).toEqual([`${name} waits: the disruption budget allows none to go now`]);
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
    `${name} is deleted: this account may not evict pods, so no disruption budget is asked`,
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
