import { expect, test } from '@jest/globals';
import type { Pod } from './pod.ts';
import { aPod, crashed } from './testing/a-pod.ts';
import { aStatus, fakeApiServer } from './testing/fake-api-server.ts';
import { waitForPod, type PodWait } from './wait-for-pod.ts';

/** Waits for a pod that is asked for at each second; what was told, how it ended, and when. */
async function waiting(at: (second: number) => Pod | undefined, options: Partial<PodWait> = {}) {
  await using fake = await fakeApiServer(({ path }) => {
    if (path.endsWith('/log')) return { text: 'the last line\n' };
    if (path.endsWith('/events')) return { json: { items: [] } };
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

test('it tells what a pod is at until it is ready, and returns it', async () => {
  const { told, ready } = await waiting((second) => (second < 2 ? undefined : aPod({ ready: second > 3 })));
  expect(told).toEqual(['events-0 is not there yet', 'events-0 runs, not ready yet']);
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
    busyWith: async () => 'reads its logs back',
  });
  expect(told).toEqual(['events-0 reads its logs back']);
  expect(ready).toBeDefined();
  expect(seconds).toBeGreaterThanOrEqual(300);
}, 30_000);
