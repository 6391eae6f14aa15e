import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { acquireLease, applyObject, getObject, patchObject } from './index.ts';
import { aNamespace, fieldManager, type TestNamespace } from './testing/real-cluster.ts';

let here: TestNamespace;

describe('acquireLease', () => {
  beforeAll(async () => void (here = await aNamespace()));
  afterAll(() => here[Symbol.asyncDispose]());

  const ttlMs = 3000;

  function acquire(
    name: string,
    holder: string,
    more: { waitMs?: number; onWait?: (why: string) => void } = {},
  ) {
    const { kube, namespace } = here;
    return acquireLease(kube, { namespace, name, holder, operation: 'deploy', ttlMs, ...more });
  }

  function leaseRef(name: string) {
    return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: here.namespace, name };
  }

  test('a second holder is refused and told who holds it, until it is released', async () => {
    const first = await acquire('contended', 'ann@laptop');
    await expect(acquire('contended', 'bob@ci')).rejects.toMatchObject({
      code: 'lock-held',
      message: expect.stringMatching(/ann@laptop \(deploy, since 20\d\d-.* UTC\)/),
    });
    await first.release();
    expect(await getObject(here.kube, leaseRef('contended'))).toBeUndefined();
    await using second = await acquire('contended', 'bob@ci');
    expect(second.lost.aborted).toBe(false);
  }, 20_000);

  test('one that waits gets it when it is released', async () => {
    const first = await acquire('awaited', 'ann@laptop');
    const told: string[] = [];
    const second = acquire('awaited', 'bob@ci', { waitMs: 15_000, onWait: (why) => told.push(why) });
    setTimeout(() => void first.release(), 2500);
    await (await second).release();
    expect(told).toContainEqual(expect.stringContaining('waiting for ann@laptop'));
  }, 20_000);

  test('of many at once, exactly one gets it', async () => {
    const all = await Promise.allSettled(Array.from({ length: 5 }, (_, i) => acquire('race', `runner-${i}`)));
    const winners = all.filter((result) => result.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const { value } of winners) await value.release();
  }, 20_000);

  test('a holder that died is succeeded after its term', async () => {
    const { kube, namespace } = here;
    const spec = {
      holderIdentity: 'ann@laptop',
      leaseDurationSeconds: ttlMs / 1000,
      acquireTime: '2026-01-01T00:00:00.000000Z',
      renewTime: '2026-01-01T00:00:00.000000Z',
      leaseTransitions: 0,
    };
    const { apiVersion, kind, name } = leaseRef('abandoned');
    await applyObject(kube, { apiVersion, kind, metadata: { name, namespace }, spec }, { fieldManager });
    const startedAt = performance.now();
    await using lock = await acquire('abandoned', 'bob@ci');
    expect(lock.lost.aborted).toBe(false);
    expect(performance.now() - startedAt).toBeGreaterThan(ttlMs - 100);
    expect(performance.now() - startedAt).toBeLessThan(ttlMs + 2000);
  }, 20_000);

  test('a holder whose lease was taken learns it', async () => {
    const lock = await acquire('stolen', 'ann@laptop');
    const thief = { spec: { holderIdentity: 'mallory', acquireTime: '2026-01-01T00:00:00.000000Z' } };
    await patchObject(here.kube, leaseRef('stolen'), thief);
    await new Promise((resolve) => lock.lost.addEventListener('abort', resolve, { once: true }));
    expect(lock.lost.reason).toMatchObject({
      code: 'lock-held',
      message: expect.stringContaining('mallory'),
    });
    await lock.release();
  }, 20_000);
});
