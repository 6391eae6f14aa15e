import { KafkaHaError, waitTelling, type Look } from '@kafka-ha/base';
import { podCreationFailure } from './creation-failure.ts';
import { lastingTrouble } from './lasting-trouble.ts';
import { getObject } from './objects.ts';
import type { Kube } from './open-kube.ts';
import { isReady, type Pod } from './pod.ts';
import { podDetails, podFailure } from './pod-failure.ts';
import { whyNotReady } from './readiness.ts';
import { watchForTrouble } from './watch-for-trouble.ts';

export type PodWait = {
  namespace: string;
  name: string;
  /** How long to wait at most, in milliseconds from now; while `busyWith` says something, the time stands still. */
  deadlineMs: number;
  /** What keeps a pod that runs from being ready, e.g. log recovery; undefined where nothing is known. */
  busyWith?: (pod: Pod) => Promise<string | undefined>;
  /** The one that is waited for: what becomes of another, which somebody injected, is no failure. All of them unless told. */
  container?: string;
  /** Who makes it: where its pod is refused, by a quota or an admission webhook, only that one's events tell. */
  statefulSet?: string;
  signal?: AbortSignal;
};

const pollMs = 500;

/**
 * Waits until a pod is there and ready, telling what it is at.
 *
 * @returns the pod, ready.
 * @throws KafkaHaError `pod-failed` as soon as it will not come up by itself, with its log and events;
 *   `deadline-exceeded`.
 */
export async function* waitForPod(kube: Kube, wait: PodWait): AsyncGenerator<string, Pod> {
  const { namespace, name, busyWith, container, statefulSet, signal } = wait;
  const { clock } = kube;
  const findTrouble = watchForTrouble(clock, container);
  const findRefusal =
    statefulSet === undefined ? undefined : podCreationFailure(kube, { namespace, statefulSet, pod: name });
  const look = async (): Promise<Look<Pod>> => {
    const pod = await getObject<Pod>(kube, { apiVersion: 'v1', kind: 'Pod', namespace, name }, { signal });
    if (pod !== undefined && isReady(pod)) return { found: pod };
    const trouble = await lastingTrouble(kube, findTrouble(pod === undefined ? [] : [pod]), signal);
    if (trouble !== undefined) throw await podFailure(kube, trouble, signal);
    const refused = await findRefusal?.(pod, signal);
    if (refused !== undefined) throw refused;

    const why = whyNotReady(pod);
    const busy = pod === undefined ? undefined : await busyWith?.(pod);
    return {
      missing: `${name} ${busy ?? why}`,
      late: () => exceeded(kube, wait, why, pod),
      time: busy === undefined ? undefined : 'stands still',
    };
  };
  return yield* waitTelling(look, { deadlineMs: wait.deadlineMs, intervalMs: pollMs, signal, clock });
}

async function exceeded(
  kube: Kube,
  { name, deadlineMs, signal }: PodWait,
  why: string,
  pod: Pod | undefined,
): Promise<KafkaHaError> {
  return new KafkaHaError(
    'deadline-exceeded',
    `Waited ${Math.round(deadlineMs / 1000)} s for pod ${name} to be ready: it ${why}.`,
    { details: pod === undefined ? [] : await podDetails(kube, pod, signal) },
  );
}
