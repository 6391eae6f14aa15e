import { KafkaHaError, throwIfAborted } from '@kafka-ha/base';
import { creationFailure } from './creation-failure.ts';
import { lastingTrouble } from './lasting-trouble.ts';
import { listObjects, getObject } from './objects.ts';
import type { Kube } from './open-kube.ts';
import type { Pod } from './pod.ts';
import { podDetails, podFailure } from './pod-failure.ts';
import { describeProgress, isComplete, isObserved, unready } from './readiness.ts';
import type { StatefulSet } from './stateful-set.ts';
import { watchForTrouble } from './watch-for-trouble.ts';

export type StatefulSetWait = {
  namespace: string;
  name: string;
  /** How long to wait at most, in milliseconds from now. */
  deadlineMs: number;
  /** For how long all pods must have stayed ready. */
  stillMs?: number;
  signal?: AbortSignal;
};

const firstPollMs = 1000;
const slowestPollMs = 2000;

/**
 * Waits until a StatefulSet's controller has seen its latest generation and all its pods are ready, telling progress such as
 * `3 of 5 pods ready`. Which revision a pod is of is not looked at: with `OnDelete` an old one stays until it is deleted.
 *
 * @throws KafkaHaError `pod-failed` as soon as a pod will not come up by itself, with its log and events; `deadline-exceeded`
 *   naming the pods that are not ready and why; `not-found`.
 */
export async function* waitForStatefulSet(kube: Kube, wait: StatefulSetWait): AsyncGenerator<string, void> {
  const { deadlineMs, stillMs = 0, signal } = wait;
  const { clock } = kube;
  const startedAt = clock.now();
  const findTrouble = watchForTrouble(clock);
  const findCreationFailure = creationFailure(kube);
  let told: string | undefined;
  let readySince: number | undefined;
  let set = await readSet(kube, wait);
  for (let pollMs = firstPollMs; ; pollMs = Math.min(pollMs * 1.2, slowestPollMs)) {
    throwIfAborted(signal);
    const pods = await podsOf(kube, set, signal);
    // One read a poll: the set itself changes seldom.
    if (!isObserved(set) || isComplete(set, pods)) set = await readSet(kube, wait);
    readySince = isComplete(set, pods) ? (readySince ?? clock.now()) : undefined;
    if (readySince !== undefined && clock.now() - readySince >= stillMs) return;

    const trouble = await lastingTrouble(kube, findTrouble(pods), signal);
    if (trouble !== undefined) throw await podFailure(kube, trouble, signal);
    const failure = await findCreationFailure(set, pods, signal);
    if (failure !== undefined) throw failure;

    const progress = describeProgress(set, pods);
    if (progress !== told) yield progress;
    told = progress;
    if (clock.now() - startedAt >= deadlineMs) throw await exceeded(kube, set, pods, wait);
    await clock.sleep(pollMs, signal);
  }
}

async function readSet(kube: Kube, { namespace, name, signal }: StatefulSetWait): Promise<StatefulSet> {
  const ref = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace, name };
  const set = await getObject<StatefulSet>(kube, ref, { signal });
  if (set === undefined) throw new KafkaHaError('not-found', `There is no StatefulSet ${namespace}/${name}.`);
  return set;
}

async function podsOf(kube: Kube, { metadata, spec }: StatefulSet, signal?: AbortSignal): Promise<Pod[]> {
  const labelSelector = Object.entries(spec.selector.matchLabels ?? {})
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  const selection = { apiVersion: 'v1', kind: 'Pod', namespace: metadata.namespace, labelSelector };
  const pods = await listObjects<Pod>(kube, selection, { signal });
  return pods.filter((pod) => pod.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid));
}

async function exceeded(kube: Kube, set: StatefulSet, pods: readonly Pod[], wait: StatefulSetWait) {
  const waiting = unready(set, pods);
  const names = waiting.map(({ name, why }) => `${name} ${why}`).join(', ');
  const first = waiting.find(({ pod }) => pod !== undefined)?.pod;
  return new KafkaHaError(
    'deadline-exceeded',
    `Waited ${Math.round(wait.deadlineMs / 1000)} s for the pods of StatefulSet ${wait.namespace}/${wait.name}: ${names || 'they do not stay ready'}.`,
    { details: first === undefined ? [] : await podDetails(kube, first, wait.signal) },
  );
}
