import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { systemClock } from '@kafka-ha/base';
import { acquireLease, type LeaseOptions } from './acquire-lease.ts';
import type { LeaseObject } from './lease-object.ts';
import type { Kube } from './open-kube.ts';
import { aStatus, fakeApiServer, type Received, type Reply } from './testing/fake-api-server.ts';

/** One Lease, kept as the API server keeps it: versions are checked. `broken` makes it answer nothing. */
async function fakeLeases() {
  const state: { lease: LeaseObject | undefined; broken: boolean; version: number } = {
    lease: undefined,
    broken: false,
    version: 0,
  };
  const store = (body: unknown): Reply => {
    const lease = body as LeaseObject;
    state.lease = {
      ...lease,
      metadata: { ...lease.metadata, uid: 'uid', resourceVersion: String(++state.version) },
    };
    return { json: state.lease };
  };
  const answer = ({ method, body }: Received): Reply => {
    if (state.broken) return 'reset';
    const { lease } = state;
    if (method === 'POST') return lease === undefined ? store(body) : aStatus(409, 'already exists');
    if (lease === undefined) return aStatus(404, 'not found');
    if (method === 'GET') return { json: lease };
    const wanted =
      method === 'PUT'
        ? (body as LeaseObject).metadata
        : (body as { preconditions: LeaseObject['metadata'] }).preconditions;
    if (wanted.resourceVersion !== lease.metadata.resourceVersion)
      return aStatus(409, 'the object has been modified');
    if (method === 'PUT') return store(body);
    state.lease = undefined;
    return { json: {} };
  };
  const fake = await fakeApiServer(answer);
  const kube: Kube = { ...fake.kube, clock: systemClock };
  return { state, kube, [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose]() };
}

const ttlMs = 1000;

function acquire(kube: Kube, holder: string, more: Partial<LeaseOptions> = {}) {
  return acquireLease(kube, {
    namespace: 'kafka',
    name: 'events',
    holder,
    operation: 'deploy',
    ttlMs,
    ...more,
  });
}

describe('acquireLease', () => {
  test('a lease that is free is taken, renewed, and gone when released', async () => {
    await using leases = await fakeLeases();
    const lease = await acquire(leases.kube, 'ann');
    const { renewTime, acquireTime } = leases.state.lease?.spec ?? {};
    expect(acquireTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    await delay(ttlMs / 2);
    expect(leases.state.lease?.spec).toMatchObject({ holderIdentity: 'ann', acquireTime });
    expect(leases.state.lease?.spec.renewTime).not.toBe(renewTime);
    await lease.release();
    expect(leases.state.lease).toBeUndefined();
  });

  test('a live holder is known by its renewing, and refused with its name', async () => {
    await using leases = await fakeLeases();
    await using first = await acquire(leases.kube, 'ann');
    await expect(acquire(leases.kube, 'bob')).rejects.toMatchObject({
      code: 'lock-held',
      message: expect.stringMatching(
        /^Another operation runs on this cluster: ann \(deploy, since .* UTC\)\.$/,
      ),
    });
    expect(first.lost.aborted).toBe(false);
  });

  test('a holder that died is succeeded after its term, however wrong its clock was', async () => {
    await using leases = await fakeLeases();
    const dead = await acquire(leases.kube, 'ann');
    const left = leases.state.lease as LeaseObject;
    await dead.release();
    leases.state.lease = { ...left, spec: { ...left.spec, renewTime: '2099-01-01T00:00:00.000000Z' } };
    const startedAt = performance.now();
    const told: string[] = [];
    await using lease = await acquire(leases.kube, 'bob', { onWait: (why) => told.push(why) });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(ttlMs - 5);
    expect(leases.state.lease.spec).toMatchObject({ holderIdentity: 'bob', leaseTransitions: 1 });
    expect(lease.lost.aborted).toBe(false);
    expect(told).toEqual([expect.stringMatching(/^is ann \(deploy, .*\) still alive\?$/)]);
  });

  test('a holder that was a process of this machine, and has ended, is succeeded before its term is over', async () => {
    await using leases = await fakeLeases();
    const dead = await acquire(leases.kube, 'ann');
    const left = leases.state.lease as LeaseObject;
    await dead.release();
    const ours = left.metadata.annotations?.['kafka-ha/process']?.split('/') ?? [];
    const ended = ours.with(-1, '0').join('/'); // the id, started another time
    const annotations = { ...left.metadata.annotations, 'kafka-ha/process': ended };
    leases.state.lease = {
      ...left,
      metadata: { ...left.metadata, annotations },
      spec: { ...left.spec, leaseDurationSeconds: 40 },
    };
    const startedAt = performance.now();
    await using lease = await acquire(leases.kube, 'bob');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(4_995);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    expect(lease.lost.aborted).toBe(false);
  }, 30_000);

  test('a lease that tells neither its term nor its holder is succeeded after a term of ours', async () => {
    await using leases = await fakeLeases();
    const kind = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };
    leases.state.lease = { ...kind, metadata: { name: 'events', resourceVersion: 'a' }, spec: {} };
    const told: string[] = [];
    await using lease = await acquire(leases.kube, 'bob', { onWait: (why) => told.push(why) });
    expect(told).toEqual(['is somebody (doing something) still alive?']);
    expect(leases.state.lease.spec).toMatchObject({ holderIdentity: 'bob', leaseTransitions: 1 });
    expect(lease.lost.aborted).toBe(false);
  });

  test('one that is told to wait waits for a live holder', async () => {
    await using leases = await fakeLeases();
    const first = await acquire(leases.kube, 'ann');
    const told: string[] = [];
    const second = acquire(leases.kube, 'bob', { waitMs: 5000, onWait: (why) => told.push(why) });
    await delay(ttlMs);
    await first.release();
    await (await second).release();
    expect(told).toContainEqual(expect.stringMatching(/^waiting for ann/));
  });

  test('a lease that somebody took is lost, and is not deleted on release', async () => {
    await using leases = await fakeLeases();
    const lease = await acquire(leases.kube, 'ann');
    const { metadata, spec } = leases.state.lease as LeaseObject;
    leases.state.lease = {
      ...(leases.state.lease as LeaseObject),
      metadata: { ...metadata, resourceVersion: 'other' },
      spec: { ...spec, holderIdentity: 'mallory' },
    };
    await delay(ttlMs / 2);
    expect(lease.lost.reason).toMatchObject({
      code: 'lock-held',
      message: expect.stringContaining('mallory'),
    });
    await lease.release();
    expect(leases.state.lease.spec.holderIdentity).toBe('mallory');
  });

  test('a lease that somebody annotated is still held', async () => {
    await using leases = await fakeLeases();
    await using lease = await acquire(leases.kube, 'ann');
    const held = leases.state.lease as LeaseObject;
    leases.state.lease = { ...held, metadata: { ...held.metadata, resourceVersion: 'other' } };
    await delay(ttlMs * 1.2);
    expect(lease.lost.aborted).toBe(false);
  });

  test('a lease that cannot be renewed is lost before its term ends', async () => {
    await using leases = await fakeLeases();
    const lease = await acquire(leases.kube, 'ann');
    const startedAt = performance.now();
    leases.state.broken = true;
    await new Promise((resolve) => lease.lost.addEventListener('abort', resolve));
    expect(performance.now() - startedAt).toBeLessThan(ttlMs);
    expect(lease.lost.reason).toMatchObject({
      code: 'lock-held',
      message: expect.stringContaining('could not be renewed'),
    });
    leases.state.broken = false;
    await lease.release();
  });

  test('a lease outlives an API server that is away for half its term', async () => {
    await using leases = await fakeLeases();
    await using lease = await acquire(leases.kube, 'ann');
    const { renewTime } = leases.state.lease?.spec ?? {};
    leases.state.broken = true;
    await delay(ttlMs * 0.5);
    leases.state.broken = false;
    await delay(ttlMs * 0.5);
    expect(lease.lost.aborted).toBe(false);
    expect(leases.state.lease?.spec.renewTime).not.toBe(renewTime);
  });

  test('it stops on the signal while it waits', async () => {
    await using leases = await fakeLeases();
    await using first = await acquire(leases.kube, 'ann');
    const controller = new AbortController();
    const pending = acquire(leases.kube, 'bob', { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'aborted' });
    expect(first.lost.aborted).toBe(false);
  });
});
