import { describe, expect, test } from '@jest/globals';
import type { Pod } from './pod.ts';
import { aPod, aSet, crashed } from './testing/a-pod.ts';
import { aStatus, fakeApiServer } from './testing/fake-api-server.ts';
import { waitForPod, type PodWait } from './wait-for-pod.ts';

/** Waits for a pod that is asked for at each second; what was told, how it ended, and when. */
async function waiting(
  at: (second: number) => Pod | undefined,
  options: Partial<PodWait> & { events?: object[]; claims?: Record<string, object> } = {},
) {
  const { events = [], claims = {} } = options;
  await using fake = await fakeApiServer(({ path }) => {
    if (path.endsWith('/log')) return { text: 'the last line\n' };
    if (path.includes('/statefulsets/')) return { json: aSet() };
    if (path.endsWith('/events')) return { json: { items: events } };
    const claim = claims[path.split('/').at(-1) ?? ''];
    if (claim !== undefined) return { json: claim };
    const pod = at(Math.floor(fake.clock.now() / 1000));
    return pod === undefined ? aStatus(404, 'NotFound') : { json: pod };
  });
  const told: string[] = [];
  const wait = waitForPod(fake.kube, {
    namespace: 'kafka',
    name: 'events-0',
    deadlineMs: 60_000,
    ...options,
  });
  try {
    for (;;) {
      const { done, value } = await wait.next();
      if (done) return { told, ready: value, seconds: fake.clock.now() / 1000 };
      told.push(value);
    }
  } catch (error) {
    return { told, error, seconds: fake.clock.now() / 1000 };
  }
}

describe('waitForPod', () => {
  test('it tells what a pod is at until it is ready, and returns it', async () => {
    const { told, ready } = await waiting((second) => (second < 2 ? undefined : aPod({ ready: second > 3 })));
    expect(told).toEqual(['events-0 does not exist yet', 'events-0 runs, not ready yet']);
    expect(ready?.metadata.name).toBe('events-0');
  });

  test('a pod that crashes again and again fails at once, with its log', async () => {
    const { error, seconds } = await waiting((second) => aPod(second < 1 ? {} : { container: crashed(2) }));
    expect(error).toMatchObject({
      code: 'pod-failed',
      details: expect.arrayContaining(['events-0 log: the last line']),
    });
    expect(seconds).toBeLessThan(3);
  });

  test('a pod that only does not become ready fails at the deadline', async () => {
    const { error, seconds } = await waiting(() => aPod());
    expect(error).toMatchObject({
      code: 'deadline-exceeded',
      message: 'Waited 60 s for pod events-0 to be ready: it runs, not ready yet.',
    });
    expect(seconds).toBeGreaterThanOrEqual(60);
  });

  test('while it is known to be busy, the time stands still', async () => {
    const { told, ready, seconds } = await waiting((second) => aPod({ ready: second >= 300 }), {
      busyWith: async () => 'is in log recovery',
    });
    expect(told).toEqual(['events-0 is in log recovery']);
    expect(ready).toBeDefined();
    expect(seconds).toBeGreaterThanOrEqual(300);
  }, 30_000);

  const refusedPod = {
    reason: 'FailedCreate',
    message:
      'create Pod events-0 in StatefulSet events failed error: Internal error occurred: failed calling webhook "policy.example": no endpoints',
    lastTimestamp: new Date(Date.UTC(2026, 0, 1)).toISOString(),
    metadata: {},
  };

  test('a pod that Kubernetes refuses to make is told within 30 s, in its words', async () => {
    const { error, seconds } = await waiting(() => undefined, {
      statefulSet: 'events',
      events: [refusedPod],
    });
    expect(error).toMatchObject({
      code: 'pod-failed',
      message: expect.stringContaining('failed calling webhook "policy.example"'),
      hint: expect.stringContaining('admission webhook'),
    });
    expect(seconds).toBeLessThan(30);
  });

  test('a refusal of another pod is not its own', async () => {
    const message = refusedPod.message.replace('events-0', 'events-00');
    const events = [{ ...refusedPod, message }];
    const { error } = await waiting(() => undefined, {
      statefulSet: 'events',
      events,
      deadlineMs: 10_000,
    });
    expect(error).toMatchObject({ code: 'deadline-exceeded' });
  });

  test('a container that somebody injected may crash: the one that is waited for is judged', async () => {
    const pod = aPod();
    pod.status!.containerStatuses!.unshift({ name: 'agent', ready: false, restartCount: 0, ...crashed(4) });
    const { error } = await waiting(() => pod, { container: 'kafka', deadlineMs: 20_000 });
    expect(error).toMatchObject({ code: 'deadline-exceeded' });
  });

  test.each([
    [{}, /its volume data-0 has no StorageClass, and the cluster has no default one/, /storage: \{class/],
    [
      { storageClassName: 'no-such' },
      /nothing provides its volume data-0 of StorageClass no-such: storageclass "no-such" not found/,
      /storage.class/,
    ],
  ])('a volume that nobody makes is told by its claim: %j', async (spec, message, hint) => {
    const pod = aPod({
      unschedulable: '0/5 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
    });
    pod.spec['volumes'] = [{ name: 'data', persistentVolumeClaim: { claimName: 'data-0' } }];
    const claims = {
      'data-0': { metadata: { name: 'data-0', uid: 'c' }, spec, status: { phase: 'Pending' } },
    };
    const events = [
      { reason: 'ProvisioningFailed', message: 'storageclass "no-such" not found', metadata: {} },
    ];
    const { error } = await waiting(() => pod, { claims, events });
    expect(error).toMatchObject({
      code: 'pod-failed',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  test('the hint of a crash points at the lines, wherever they are printed', async () => {
    const { error } = await waiting((second) => aPod(second < 1 ? {} : { container: crashed(2) }));
    expect(error).toMatchObject({ hint: expect.not.stringMatching(/below|above/) });
  });
});
