import { describe, expect, test } from '@jest/globals';
import type { Pod } from './pod.ts';
import type { StatefulSet } from './stateful-set.ts';
import { aPod, aSet, crashed } from './testing/a-pod.ts';
import { aStatus, fakeApiServer, type Received, type Reply } from './testing/fake-api-server.ts';
import { waitForStatefulSet } from './wait-for-stateful-set.ts';

type World = {
  set?: StatefulSet;
  pods?: Pod[];
  events?: Record<string, unknown>[];
  log?: Reply | ((query: URLSearchParams) => Reply);
};

/** Waits in a world that is asked for at each second; what was told, how it ended, and what was asked. */
async function waiting(world: (second: number) => World, { deadlineMs = 60_000, stillMs = 0 } = {}) {
  await using fake = await fakeApiServer((request) =>
    answer(request, world(Math.floor(fake.clock.now() / 1000))),
  );
  const told: string[] = [];
  const wait = waitForStatefulSet(fake.kube, { namespace: 'kafka', name: 'events', deadlineMs, stillMs });
  try {
    for await (const progress of wait) told.push(progress);
    return { told, error: undefined, received: fake.received, seconds: fake.clock.now() / 1000 };
  } catch (error) {
    return { told, error, received: fake.received, seconds: fake.clock.now() / 1000 };
  }
}

function answer({ path, query }: Received, { set = aSet(), pods = [], events = [], log }: World): Reply {
  if (path.endsWith('/statefulsets/events')) return { json: set };
  if (path.endsWith('/log')) return (typeof log === 'function' ? log(query) : log) ?? aStatus(400, 'no log');
  if (path.endsWith('/pods')) return { json: { items: pods } };
  const about = query.get('fieldSelector') ?? '';
  return {
    json: { items: events.filter(({ name }) => about.includes(`involvedObject.name=${String(name)}`)) },
  };
}

const names = ['events-0', 'events-1', 'events-2'];

describe('waitForStatefulSet', () => {
  test('it tells how many are ready and what the others wait for, each state once', async () => {
    const set = aSet({ replicas: 3 });
    const { told, error } = await waiting((second) => ({
      set,
      pods: names.slice(0, second + 1).map((name, index) => aPod({ name, ready: second > index + 1 })),
    }));
    expect(error).toBeUndefined();
    expect(told).toEqual([
      '0 of 3 pods ready; events-0 runs, not ready yet, events-1 does not exist yet, events-2 does not exist yet',
      '0 of 3 pods ready; events-0 runs, not ready yet, events-1 runs, not ready yet, events-2 does not exist yet',
      '1 of 3 pods ready; events-1 runs, not ready yet, events-2 runs, not ready yet',
      '2 of 3 pods ready; events-2 runs, not ready yet',
    ]);
  });

  test('pods that are ready count only when the controller has seen the latest generation', async () => {
    const pods = [aPod({ ready: true })];
    const { seconds } = await waiting((second) => ({ set: aSet({ observed: second >= 5 }), pods }));
    expect(seconds).toBeGreaterThanOrEqual(5);
  });

  test('pods must stay ready as long as is asked', async () => {
    const { seconds } = await waiting((second) => ({ pods: [aPod({ ready: second !== 3 })] }), {
      stillMs: 5000,
    });
    expect(seconds).toBeGreaterThanOrEqual(8);
  });

  test('pods of another owner do not count', async () => {
    const stranger = aPod({ ready: true });
    stranger.metadata.ownerReferences = [];
    const { error } = await waiting(() => ({ pods: [stranger] }), { deadlineMs: 3000 });
    expect(error).toMatchObject({
      code: 'deadline-exceeded',
      message: expect.stringContaining('events-0 does not exist yet'),
    });
  });

  test('one read a poll is enough while pods start', async () => {
    const { received } = await waiting((second) => ({ pods: [aPod({ ready: second > 4 })] }));
    expect(received.filter(({ path }) => path.endsWith('/statefulsets/events'))).toHaveLength(2);
  });

  test('a crash comes with the last lines of the run that crashed and the last events', async () => {
    const event = {
      name: 'events-0',
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting',
      metadata: {},
    };
    const { error, received } = await waiting(() => ({
      pods: [aPod({ container: crashed(1) })],
      events: [event],
      log: { text: 'starting\nbroker.id is missing\n' },
    }));
    expect(error).toMatchObject({
      code: 'pod-failed',
      details: [
        'events-0 log: starting',
        'events-0 log: broker.id is missing',
        'events-0 event: Warning BackOff: Back-off restarting',
      ],
    });
    const logs = received.find(({ path }) => path.endsWith('/log'));
    expect(Object.fromEntries(logs?.query ?? [])).toEqual({
      container: 'kafka',
      tailLines: '20',
      previous: 'true',
    });
  });

  test('a container that is replaced while its log is asked for is asked again, as the run before or after', async () => {
    const gone = { text: 'unable to retrieve container logs for containerd://4711' };
    const { error } = await waiting(() => ({
      pods: [aPod({ container: crashed(1) })],
      log: (query) => (query.get('previous') === 'true' ? gone : { text: 'broker.id is missing' }),
    }));
    expect(error).toMatchObject({ details: ['events-0 log: broker.id is missing'] });
  });

  test('a crash is told even where neither log nor events may be read', async () => {
    const { error } = await waiting(() => ({
      pods: [aPod({ container: crashed(1) })],
      log: aStatus(403, 'no'),
    }));
    expect(error).toMatchObject({ code: 'pod-failed', details: [] });
  });

  test('a pod that no node fits is waited for while a new node is coming', async () => {
    const unschedulable = '0/5 nodes are available.';
    const pods = (second: number) => [second > 60 ? aPod({ ready: true }) : aPod({ unschedulable })];
    const coming = { name: 'events-0', reason: 'TriggeredScaleUp', metadata: {} };
    const wait = { deadlineMs: 120_000 };
    expect(
      (await waiting((second) => ({ pods: pods(second), events: [coming] }), wait)).error,
    ).toBeUndefined();
    expect((await waiting((second) => ({ pods: pods(second) }), wait)).error).toMatchObject({
      code: 'pod-failed',
    });
  });

  test.each([
    [0, 'pod-failed'],
    [600, 'deadline-exceeded'],
  ])('a refusal of its pods that is %d s old: %s', async (age, code) => {
    const why = 'pods "events-0" is forbidden: exceeded quota: small';
    const event = {
      name: 'events',
      reason: 'FailedCreate',
      message: `create Pod events-0 in StatefulSet events failed error: ${why}`,
      lastTimestamp: new Date(Date.UTC(2026, 0, 1) - age * 1000).toISOString(),
      metadata: {},
    };
    const { error } = await waiting(() => ({ events: [event] }), { deadlineMs: 30_000 });
    expect(error).toMatchObject({ code });
    if (code === 'pod-failed')
      expect(error).toMatchObject({ message: expect.stringContaining(`StatefulSet kafka/events: ${why}`) });
  });

  test('a StatefulSet that is not there is named', async () => {
    await using fake = await fakeApiServer();
    const wait = waitForStatefulSet(fake.kube, { namespace: 'kafka', name: 'events', deadlineMs: 1000 });
    await expect(wait.next()).rejects.toMatchObject({
      code: 'not-found',
      message: 'There is no StatefulSet kafka/events.',
    });
  });
});
