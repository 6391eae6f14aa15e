import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { applyObject, waitForStatefulSet, type StatefulSet } from './index.ts';
import { aNamespace, aStatefulSet, fieldManager, type TestNamespace } from './testing/real-cluster.ts';

let here: TestNamespace;
let strict: TestNamespace;

describe('waitForStatefulSet', () => {
  beforeAll(async () => {
    here = await aNamespace();
    strict = await aNamespace({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });
  afterAll(async () => {
    await here[Symbol.asyncDispose]();
    await strict[Symbol.asyncDispose]();
  });

  /** Applies a StatefulSet and waits for it; how it ended, and after how many seconds. */
  async function outcome(set: StatefulSet, deadlineMs = 40_000) {
    const startedAt = performance.now();
    const seconds = () => (performance.now() - startedAt) / 1000;
    const told: string[] = [];
    const { kube } = here;
    try {
      await applyObject(kube, set, { fieldManager });
      const { name, namespace = '' } = set.metadata;
      for await (const progress of waitForStatefulSet(kube, { namespace, name, deadlineMs }))
        told.push(progress);
      return { told, error: undefined, seconds: seconds() };
    } catch (error) {
      return { told, error, seconds: seconds() };
    }
  }

  const crash = ['sh', '-c', 'echo cannot read the config; exit 7'];

  const faults: [string, () => StatefulSet, RegExp, RegExp][] = [
    [
      'a container that crashes',
      () => aStatefulSet(here.namespace, 'crash', { replicas: 2, container: { command: crash } }),
      /^Pod crash-\d crashes: container main ended with exit code 7/,
      /log: cannot read the config/,
    ],
    [
      'an image that does not exist',
      () => aStatefulSet(here.namespace, 'image', { container: { image: 'kafka-ha.invalid/none:1' } }),
      /^Pod image-0 cannot get its image: .*kafka-ha.invalid\/none:1/,
      /event: Warning Failed/,
    ],
    [
      'an image that may not be pulled',
      () =>
        aStatefulSet(here.namespace, 'never', {
          container: { image: 'kafka-ha.invalid/none:1', imagePullPolicy: 'Never' },
        }),
      /^Pod never-0 cannot get its image: .*ErrImageNeverPull/,
      /event: /,
    ],
    [
      'a pod that no node fits',
      () =>
        aStatefulSet(here.namespace, 'lost', { podSpec: { nodeSelector: { 'kafka-ha.test/none': 'x' } } }),
      /^Pod lost-0 cannot be scheduled: 0\/\d+ nodes are available/,
      /event: Warning FailedScheduling/,
    ],
    [
      'a reference to a ConfigMap that is not there',
      () =>
        aStatefulSet(here.namespace, 'config', {
          container: { envFrom: [{ configMapRef: { name: 'none' } }] },
        }),
      /^Pod config-0 cannot start container main: configmap "none" not found/,
      /event: /,
    ],
  ];

  test('what will not come up by itself fails within 30 s, with the reason, the log and the events', async () => {
    const all = await Promise.all(faults.map(([, set]) => outcome(set())));
    for (const [index, [, , message, detail]] of faults.entries()) {
      expect(all[index]).toMatchObject({
        error: {
          code: 'pod-failed',
          message: expect.stringMatching(message),
          details: expect.arrayContaining([expect.stringMatching(detail)]),
        },
      });
      expect(all[index]?.seconds).toBeLessThan(30);
    }
  }, 60_000);

  test('a pod that Pod Security refuses fails with its reason', async () => {
    const { error, seconds } = await outcome(aStatefulSet(strict.namespace, 'insecure'));
    expect(error).toMatchObject({
      code: 'pod-failed',
      message: expect.stringMatching(/violates PodSecurity "restricted:latest"/),
    });
    expect(seconds).toBeLessThan(30);
  }, 40_000);

  test('a StatefulSet whose pods become ready is waited for, with progress', async () => {
    const { told, error } = await outcome(aStatefulSet(here.namespace, 'fine', { replicas: 2 }));
    expect(error).toBeUndefined();
    expect(told[0]).toMatch(/^[01] of 2 pods ready; fine-/);
  }, 50_000);

  test('the deadline names the pods that are not ready and why', async () => {
    const readinessProbe = { exec: { command: ['false'] } };
    const { error } = await outcome(
      aStatefulSet(here.namespace, 'unready', { container: { readinessProbe } }),
      6000,
    );
    expect(error).toMatchObject({
      code: 'deadline-exceeded',
      message: expect.stringMatching(
        /^Waited 6 s for the pods of StatefulSet .*: unready-0 runs, not ready yet\.$/,
      ),
    });
  }, 20_000);
});
