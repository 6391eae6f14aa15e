import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { fakeApiServer } from '@kafka-ha/kube/testing';
import { readPods, readPodsAndExporter, readPodsOf, toPodState, type RawPod } from './read-pods.ts';

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

  test("the exporter's is told with for how long it has not been ready, by whoever looks", async () => {
    const labels = {
      'app.kubernetes.io/component': 'exporter',
      'app.kubernetes.io/instance': 'events',
      'app.kubernetes.io/name': 'exporter',
    };
    const pod = (name: string, conditions: object[]) => ({
      metadata: { name, uid: name, labels, creationTimestamp: '2026-01-01T00:00:00Z' },
      spec: {},
      status: { conditions, containerStatuses: [{ ...broken, name: 'exporter' }] },
    });
    const since = { type: 'Ready', lastTransitionTime: '2026-01-01T00:01:00Z' };
    const items = [
      pod('events-exporter-a', [{ ...since, status: 'True' }]),
      pod('events-exporter-b', [{ ...since, status: 'False' }]),
      pod('events-exporter-c', []),
      { metadata: { name: 'events-kafka-0', uid: 'k' }, spec: {}, status: {} },
    ];
    await using api = await fakeApiServer(() => ({ json: { items } }));
    // It begins with this year.
    await api.clock.sleep(180_000);
    const cluster = {
      kube: api.kube,
      spec: aSpec({ metrics: {} }),
      signal: new AbortController().signal,
    };
    const { pods, exporter } = await readPodsAndExporter(cluster);
    expect(pods.map(({ name }) => name)).toEqual(['events-kafka-0']);
    expect(exporter).toMatchObject([
      { ready: true, notReadyForMs: 0, waiting: { reason: 'CrashLoopBackOff' } },
      { ready: false, notReadyForMs: 120_000, restarts: 7 },
      { ready: false, notReadyForMs: 180_000 },
    ]);
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
