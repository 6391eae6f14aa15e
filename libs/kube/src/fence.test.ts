import { describe, expect, test } from '@jest/globals';
import { systemClock, type Clock } from '@kafka-ha/base';
import { acquireLease } from './acquire-lease.ts';
import { applyObject } from './apply-object.ts';
import { execInPod } from './exec-in-pod.ts';
import { fencedBy, type FencedKube } from './fence.ts';
import type { Lease } from './keep-lease.ts';
import type { LeaseObject } from './lease-object.ts';
import { deleteObject, patchObject } from './objects.ts';
import { openKube } from './open-kube.ts';
import { request } from './request.ts';
import { resizePod } from './resize-pod.ts';
import { aKubeconfig, aStatus, fakeApiServer, type Received, type Reply } from './testing/fake-api-server.ts';

const ttlMs = 40_000;
const pod = { apiVersion: 'v1', kind: 'Pod', namespace: 'kafka', name: 'events-kafka-0' };

/** A lease, and a clock that goes on only when told: nothing renews in the background meanwhile. */
async function aHeldLease() {
  const times = { now: 0, wallTime: Date.UTC(2026, 0, 1) };
  const clock: Clock = {
    now: () => times.now,
    wallTime: () => times.wallTime,
    sleep: (_ms, signal) =>
      new Promise((_resolve, reject) =>
        signal?.addEventListener('abort', () => reject(new Error('aborted'))),
      ),
  };
  const state: { lease?: LeaseObject; renewing: () => Reply | undefined } = { renewing: () => undefined };
  const answer = ({ method, path, body }: Received): Reply => {
    if (!path.includes('/leases')) return { json: { metadata: { name: 'x' } } };
    if (method === 'POST') return { json: (state.lease = aStored(body, '1')) };
    if (method === 'GET') return state.lease ? { json: state.lease } : aStatus(404, 'not found');
    if (method === 'DELETE') return { json: {} };
    const { resourceVersion } = (body as LeaseObject).metadata;
    if (resourceVersion !== state.lease?.metadata.resourceVersion) return aStatus(409, 'modified');
    return state.renewing() ?? { json: (state.lease = aStored(body, `${resourceVersion}+`)) };
  };
  const fake = await fakeApiServer(answer);
  const terms = { namespace: 'kafka', name: 'events', holder: 'ann', operation: 'roll', ttlMs };
  const lease = await acquireLease({ ...fake.kube, clock }, terms);
  const sent = () => fake.received.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`).slice(2);
  const end = async () => {
    await lease.release();
    await fake[Symbol.asyncDispose]();
  };
  return { fake, lease, state, times, sent, [Symbol.asyncDispose]: end };
}

function aStored(body: unknown, resourceVersion: string): LeaseObject {
  const lease = body as LeaseObject;
  return { ...lease, metadata: { ...lease.metadata, uid: 'uid', resourceVersion } };
}

function deletePod({ kube }: Lease): Promise<boolean> {
  return deleteObject(kube, pod);
}

describe('fence', () => {
  test('a change is sent as it is while the lease was just renewed', async () => {
    await using held = await aHeldLease();
    held.times.now += ttlMs / 10;
    await deletePod(held.lease);
    expect(held.sent()).toEqual(['DELETE events-kafka-0']);
  });

  test('a lease that is older than a tenth of its term is renewed before a change', async () => {
    await using held = await aHeldLease();
    held.times.now += ttlMs / 10 + 1;
    await deletePod(held.lease);
    await deletePod(held.lease);
    expect(held.sent()).toEqual(['PUT events', 'DELETE events-kafka-0', 'DELETE events-kafka-0']);
  });

  test.each(['now', 'wallTime'] as const)(
    'a process that stood still for half of the term by its clock "%s" changes nothing when it goes on',
    async (clock) => {
      await using held = await aHeldLease();
      held.times[clock] += ttlMs / 2 + 1;
      await expect(deletePod(held.lease)).rejects.toMatchObject({
        code: 'lock-held',
        message: expect.stringContaining('was not renewed for 20 s'),
      });
      expect(held.sent()).toEqual([]);
      expect(held.lease.lost.aborted).toBe(true);
    },
  );

  test('a lease that somebody took while the process stood still is found lost before a change', async () => {
    await using held = await aHeldLease();
    const { metadata, spec } = held.state.lease as LeaseObject;
    const taken = { ...metadata, resourceVersion: 'other' };
    held.state.lease = {
      ...(held.state.lease as LeaseObject),
      metadata: taken,
      spec: { ...spec, holderIdentity: 'bob' },
    };
    held.times.now += ttlMs / 4;
    await expect(deletePod(held.lease)).rejects.toMatchObject({
      code: 'lock-held',
      message: expect.stringMatching(/^bob .* took the lock/),
    });
    expect(held.sent()).toEqual(['PUT events', 'GET events']);
  });

  test('a process that stands still while it renews changes nothing', async () => {
    await using held = await aHeldLease();
    held.state.renewing = () => {
      held.times.wallTime += ttlMs;
      return undefined;
    };
    held.times.now += ttlMs / 4;
    await expect(deletePod(held.lease)).rejects.toMatchObject({ code: 'lock-held' });
    expect(held.sent()).toEqual(['PUT events']);
  });

  test('a renewal that the API server does not answer holds no change back before half of the term', async () => {
    await using held = await aHeldLease();
    held.state.renewing = () => aStatus(503, 'starting');
    held.times.now += ttlMs / 4;
    await deletePod(held.lease);
    expect(held.sent()).toEqual(['PUT events', 'DELETE events-kafka-0']);
  });

  test('a real standstill: what stood in the way of the process is over, and nothing is sent', async () => {
    const sent: string[] = [];
    let stored: LeaseObject | undefined;
    await using fake = await fakeApiServer(({ method, path, body }) => {
      sent.push(`${method} ${path.split('/').at(-1)}`);
      if (method === 'POST' || method === 'PUT') return { json: (stored = aStored(body, '1')) };
      return method === 'GET' && stored === undefined ? aStatus(404, 'not found') : { json: stored ?? {} };
    });
    const terms = { namespace: 'kafka', name: 'events', holder: 'ann', operation: 'roll', ttlMs: 1000 };
    await using lease = await acquireLease({ ...fake.kube, clock: systemClock }, terms);
    const deleting = deletePod(lease);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);
    await expect(deleting).rejects.toMatchObject({ code: 'lock-held' });
    expect(sent).not.toContain('DELETE events-kafka-0');
  });

  const changes: Record<string, (kube: FencedKube) => Promise<unknown>> = {
    apply: (kube) => applyObject(kube, { ...pod, metadata: pod }, { fieldManager: 'test' }),
    patch: (kube) => patchObject(kube, pod, {}),
    delete: (kube) => deleteObject(kube, pod),
    resize: (kube) => resizePod(kube, pod, []),
    create: (kube) => request(kube, { method: 'POST', path: '/api/v1/pods', what: 'create a pod' }),
    exec: (kube) =>
      execInPod(kube, { namespace: 'kafka', pod: 'x', container: 'x', command: ['rm'], timeoutMs: 2000 }),
  };

  test.each(Object.entries(changes))('"%s" is not sent where the fence says no', async (_name, change) => {
    await using fake = await fakeApiServer();
    let upgraded = false;
    fake.server.on('upgrade', () => (upgraded = true));
    const no = fencedBy(() => Promise.reject(new Error('not held')), fake.kube);
    await expect(change(no)).rejects.toThrow('not held');
    expect(upgraded).toBe(false);
    expect(fake.received.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test.each(Object.entries(changes))('"%s" is refused where nothing guards it', async (_name, change) => {
    await using fake = await fakeApiServer();
    const kube = openKube({ kubeconfigText: aKubeconfig({ server: fake.kube.server }) }) as FencedKube;
    await expect(change(kube)).rejects.toMatchObject({ code: 'internal' });
    expect(fake.received.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('a dry run needs no fence', async () => {
    await using fake = await fakeApiServer(() => ({ json: { metadata: { name: 'x' } } }));
    const kube = openKube({ kubeconfigText: aKubeconfig({ server: fake.kube.server }) });
    await applyObject(kube, { ...pod, metadata: pod }, { fieldManager: 'test', dryRun: true });
    expect(fake.received.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
    kube.agent.destroy();
  });

  test('a change that was on its way when somebody stopped it is told as maybe done', async () => {
    const controller = new AbortController();
    await using fake = await fakeApiServer(() => {
      controller.abort();
      return 'silence';
    });
    await expect(deleteObject(fake.kube, pod, { signal: controller.signal })).rejects.toMatchObject({
      code: 'aborted',
      details: ['The request to delete Pod kafka/events-kafka-0 was sent, so it may have been carried out.'],
    });
  });
});
