import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { StepEvent } from '@kafka-ha/base';
import { answerAsKraft, FakeKraft, fakeObjects } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import type { KubeObject } from '@kafka-ha/kube';
import { rebuild } from './rebuild.ts';

const spec = aSpec({ mode: 'kraft' });
const ordinal = 2;
const id = 1_002;
const pod = `pods/events-controller-${ordinal}`;
const config = 'configmaps/events-quorum';

/** Controller 2 is away, as its volume is empty, and nobody formats it but who reads its name; 1 is the active one. */
async function aLoss({
  marks = {},
  lastExit = 78,
}: { marks?: Record<string, string>; lastExit?: number } = {}) {
  const kraft = new FakeKraft();
  kraft.cluster.down.add(id);
  kraft.replicas.set(id, { fetchedAt: 0, caughtUpAt: 0 });
  const fake = await fakeObjects([aPod({ lastExit }), aConfig({ formed: 'true', ...marks })], (request) => {
    if (request.method === 'DELETE' && request.path.endsWith(pod)) void startAgain();
    return undefined;
  });
  answerAsKraft(fake, kraft);
  async function startAgain() {
    await turn();
    const isNamed =
      (fake.objects.get(config)?.['data'] as Record<string, string>)['format'] === 'events-controller-2';
    fake.objects.set(pod, aPod(isNamed ? { ready: true } : { lastExit }));
    if (!isNamed) return;
    kraft.cluster.down.delete(id);
    // It has a few things to copy first.
    kraft.replicas.set(id, { fetchedAt: 99_900, caughtUpAt: -1 });
    copied();
  }
  /** It has all once some seconds of the cluster's clock are over. */
  function copied() {
    const sleep = fake.clock.sleep.bind(fake.clock);
    const at = fake.clock.now() + 5_000;
    fake.clock.sleep = async (ms, signal) => {
      await sleep(ms, signal);
      if (fake.clock.now() >= at) kraft.replicas.delete(id);
    };
  }
  const events: StepEvent[] = [];
  const run = async (controller = ordinal) => {
    const { signal } = new AbortController();
    const options = { controller, actor: { holder: 'ann' } };
    for await (const event of rebuild({ kube: fake.kube, spec, signal }, options)) events.push(event);
  };
  const changes = () =>
    fake.received
      .filter(({ method, path }) => method !== 'GET' && !path.includes('leases'))
      .map(({ method, body }) =>
        method === 'PATCH' ? (body as { data: Record<string, string> }).data : method,
      );
  return {
    fake,
    kraft,
    run,
    copied,
    events,
    changes,
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
}

function aPod({ ready = false, lastExit }: { ready?: boolean; lastExit?: number }): KubeObject {
  const ended = lastExit === undefined ? {} : { lastState: { terminated: { exitCode: lastExit } } };
  const state = ready ? { running: {} } : { waiting: { reason: 'CrashLoopBackOff' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'events-controller-2', namespace: spec.namespace, uid: ready ? 'new' : 'old' },
    spec: { containers: [{ name: 'controller' }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [{ name: 'controller', ready, restartCount: 0, state, ...ended }],
    },
  };
}

function aConfig(data: Record<string, string>): KubeObject {
  const metadata = { name: 'events-quorum', namespace: spec.namespace };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}

const named = { formed: 'true', format: 'events-controller-2' };

describe('rebuild', () => {
  test('a controller whose volume is empty is named, started again, and named no more once it has all', async () => {
    await using loss = await aLoss();
    await loss.run();
    expect(loss.changes()).toEqual([named, 'DELETE', { formed: 'true' }]);
    expect(loss.kraft.replicas.has(id)).toBe(false);
  });

  test('one that has been formatted by a run that was killed is waited for, and named no more', async () => {
    await using loss = await aLoss({ marks: { format: 'events-controller-2' } });
    loss.kraft.cluster.down.delete(id);
    loss.copied();
    await loss.run();
    expect(loss.changes()).toEqual([{ formed: 'true' }]);
  });

  test('to one that is whole nothing happens', async () => {
    await using loss = await aLoss();
    loss.kraft.cluster.down.delete(id);
    loss.kraft.replicas.delete(id);
    await loss.run();
    expect(loss.changes()).toEqual([]);
  });

  test('while another one lacks something nothing is formatted, however long one waits', async () => {
    await using loss = await aLoss();
    loss.kraft.replicas.set(1_000, { fetchedAt: 99_900, caughtUpAt: 95_000 });
    await expect(loss.run()).rejects.toMatchObject({
      code: 'conflict',
      message:
        'The volume of controller 2 is not formatted: of the other 2 controllers 1 have all that the active one has, and 2 must.',
    });
    expect(loss.changes()).toEqual([]);
  });

  test('one that is away for another reason is left as it is', async () => {
    await using loss = await aLoss({ lastExit: 1 });
    await expect(loss.run()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('nor does it say that its volume is empty'),
    });
    expect(loss.changes()).toEqual([]);
  });

  test('what there is no controller for is refused before the lock', async () => {
    await using loss = await aLoss();
    await expect(loss.run(3)).rejects.toMatchObject({ code: 'invalid-usage' });
    const { signal } = new AbortController();
    const options = { controller: 0, actor: { holder: 'ann' } };
    const ofZookeeper = rebuild({ kube: loss.fake.kube, spec: aSpec(), signal }, options);
    await expect(ofZookeeper.next()).rejects.toMatchObject({
      code: 'invalid-usage',
      message: 'events keeps its metadata in ZooKeeper, not in controllers',
    });
    expect(loss.fake.received).toEqual([]);
  });
});
