import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { PodState } from '../state.ts';
import { aState, change, withPod } from '../testing.ts';
import { podFindings } from './pods.ts';

const spec = aSpec();
const healthy = aState({}, spec);
const findingOf = (pod: Partial<PodState>, component: 'kafka' | 'zookeeper' = 'kafka') =>
  podFindings(spec, withPod(healthy, component, 2, pod))[0];

const outOfMemory = { reason: 'OOMKilled', exitCode: 137 };

describe('pods', () => {
  test.each<[string, Partial<PodState>]>([
    ['Being deleted.', { deleting: true }],
    ['Not scheduled to a node yet.', { ready: false, phase: 'Pending', node: null }],
    ['Phase Failed.', { ready: false, phase: 'Failed' }],
    ['Running, not ready.', { ready: false }],
    [
      'Running, not ready. Restarted 3 times, last after Error (exit code 1).',
      { ready: false, restarts: 3, lastTermination: { reason: 'Error', exitCode: 1 } },
    ],
  ])('"%s"', (reason, pod) => {
    expect(findingOf(pod)).toMatchObject({ code: 'pod-not-ready', subject: 'pod events-kafka-2', reason });
  });

  test('what Kubernetes says of a pod that cannot start is passed on', () => {
    const waiting = { reason: 'Unschedulable', message: '0/5 nodes are available.' };
    expect(findingOf({ ready: false, phase: 'Pending', node: null, waiting })).toMatchObject({
      code: 'pod-waiting',
      reason: 'Waiting: Unschedulable, 0/5 nodes are available.',
    });
  });

  test('a crash loop is told by how the container ended, not by the timer of the kubelet', () => {
    const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' };
    expect(findingOf({ ready: false, restarts: 4, waiting, lastTermination: outOfMemory })).toMatchObject({
      code: 'pod-waiting',
      reason: 'Waiting: CrashLoopBackOff. Restarted 4 times, last after OOMKilled (exit code 137).',
      action: 'It exceeded its memory limit: raise resources.memory in the cluster file.',
    });
  });

  test('restarts alone are a warning, and point to the log of the container that ended', () => {
    expect(findingOf({ restarts: 1 })).toMatchObject({
      code: 'pod-restarted',
      severity: 'warning',
      reason: 'Restarted once.',
      action:
        'Read the log of the container that ended: `kubectl -n kafka logs events-kafka-2 -c kafka --previous`.',
    });
  });

  test('memory of ZooKeeper has a key of its own', () => {
    expect(findingOf({ restarts: 1, lastTermination: outOfMemory }, 'zookeeper')?.action).toContain(
      'zookeeper.resources.memory',
    );
  });

  test('pods that suffer from the same thing are one finding', () => {
    const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "apache/kafka:0".' };
    const state = change(healthy, 'pods', (pods) =>
      pods.map((pod) =>
        pod.component === 'kafka' && pod.ordinal < 3 ? { ...pod, ready: false, waiting } : pod,
      ),
    );
    expect(podFindings(spec, state)).toMatchObject([
      { code: 'pod-waiting', subject: 'pods events-kafka-0, events-kafka-1, events-kafka-2' },
    ]);
  });

  test('pods are missed by what their StatefulSet asks for, so that a wrong size is one finding', () => {
    const shrunk = change(healthy, 'statefulSets', ({ kafka, ...others }) => ({
      ...others,
      kafka: kafka && { ...kafka, replicas: 3 },
    }));
    const state = change(shrunk, 'pods', (pods) =>
      pods.filter(({ component, ordinal }) => component === 'zookeeper' || ordinal < 3),
    );
    expect(podFindings(spec, state)).toMatchObject([
      {
        code: 'statefulset-replicas-differ',
        reason: 'It asks for 3 pods, and the cluster file for 5 brokers.',
      },
    ]);
  });
});
