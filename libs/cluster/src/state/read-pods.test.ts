import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { fakeApiServer } from '@kafka-ha/kube/testing';
import { readPods, readPodsOf, toPodState, type RawPod } from './read-pods.ts';

const broken = {
  name: 'kafka',
  restartCount: 7,
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
};
const sidecar = { name: 'istio-proxy', restartCount: 0, state: { running: { startedAt: 'then' } } };

function podWith(...containerStatuses: NonNullable<RawPod['status']['containerStatuses']>): RawPod {
  return { metadata: { name: 'events-kafka-1', uid: 'u' }, spec: {}, status: { containerStatuses } };
}

describe('readPods', () => {
  test('the component is judged, not the container that was injected before it', () => {
    expect(toPodState(podWith(sidecar, broken), 'kafka', 1)).toMatchObject({
      restarts: 7,
      waiting: { reason: 'CrashLoopBackOff' },
      lastTermination: { reason: 'OOMKilled', exitCode: 137 },
    });
  });

  test('a sidecar that crashes is no crash of the component', () => {
    const healthy = { name: 'zookeeper', restartCount: 0, state: { running: { startedAt: 'now' } } };
    expect(toPodState(podWith({ ...broken, name: 'agent' }, healthy), 'zookeeper', 1)).toMatchObject({
      restarts: 0,
      startedAt: 'now',
      waiting: null,
      lastTermination: null,
    });
  });

  test("one component's are found whatever the mode, all others are left out", async () => {
    const items = ['kafka-0', 'controller-1', 'controller-0', 'controller-x'].map((name) => ({
      metadata: { name: `events-${name}`, uid: name },
      spec: {},
      status: {},
    }));
    await using api = await fakeApiServer(() => ({ json: { items } }));
    const cluster = {
      kube: api.kube,
      spec: aSpec({ mode: 'zookeeper' }),
      signal: new AbortController().signal,
    };
    const namesOf = (pods: { name: string }[]) => pods.map(({ name }) => name);
    expect(namesOf(await readPods(cluster))).toEqual(['events-kafka-0']);
    const controllers = await readPodsOf(cluster, 'controller');
    expect(namesOf(controllers)).toEqual(['events-controller-0', 'events-controller-1']);
  });
});
