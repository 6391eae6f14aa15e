import { KafkaHaError } from '@kafka-ha/base';
import type { Kube } from './open-kube.ts';
import type { Pod } from './pod.ts';
import { getObject } from './objects.ts';
import { eventTime, objectEvents } from './pod-events.ts';
import { replicasOf, type StatefulSet } from './stateful-set.ts';

/** The controller tries again within milliseconds at first, e.g. until a ServiceAccount of the same moment is there. */
const graceMs = 5000;

/** An older refusal may have been mended since. Two clocks are compared here, so it is generous. */
const recentMs = 120_000;

/**
 * Given each reading in turn, says when the StatefulSet's controller is refused the pods that it wants to make: by Pod Security, a
 * quota, or another admission plugin. Only its events tell.
 */
export function creationFailure(kube: Kube) {
  let missingSince: number | undefined;
  return async (
    set: StatefulSet,
    pods: readonly Pod[],
    signal?: AbortSignal,
  ): Promise<KafkaHaError | undefined> => {
    const now = kube.clock.now();
    missingSince = pods.length < replicasOf(set) ? (missingSince ?? now) : undefined;
    if (missingSince === undefined || now - missingSince < graceMs) return undefined;
    return await lastRefusal(kube, set, '', signal);
  };
}

export type PodOfSet = { namespace: string; statefulSet: string; pod: string };

/** The same for one pod: given it in turn, undefined while it is not there. */
export function podCreationFailure(kube: Kube, { namespace, statefulSet, pod: name }: PodOfSet) {
  let missingSince: number | undefined;
  return async (pod: Pod | undefined, signal?: AbortSignal): Promise<KafkaHaError | undefined> => {
    const now = kube.clock.now();
    missingSince = pod === undefined ? (missingSince ?? now) : undefined;
    if (missingSince === undefined || now - missingSince < graceMs) return undefined;
    const ref = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace, name: statefulSet };
    const set = await getObject<StatefulSet>(kube, ref, { signal });
    return set === undefined ? undefined : await lastRefusal(kube, set, `Pod ${name} in `, signal);
  };
}

/** Of those whose message contains `about`. */
async function lastRefusal(
  kube: Kube,
  { metadata: { namespace = '', name, uid } }: StatefulSet,
  about: string,
  signal?: AbortSignal,
): Promise<KafkaHaError | undefined> {
  const events = await objectEvents(kube, { namespace, kind: 'StatefulSet', name, uid, signal });
  const refused = events.filter(
    (event) =>
      event.reason === 'FailedCreate' &&
      event.message?.includes(about) &&
      kube.clock.wallTime() - eventTime(event) < recentMs,
  );
  const last = refused.at(-1)?.message;
  if (last === undefined) return undefined;
  const [, why = last] = /failed error: (.*)/s.exec(last) ?? [];
  return new KafkaHaError(
    'pod-failed',
    `Kubernetes refuses the pods of StatefulSet ${namespace}/${name}: ${why.trim().replace(/\s+/g, ' ')}`,
    { hint: admissionHint(why) },
  );
}

/** What to do about a pod that admission refuses. */
export function admissionHint(why: string): string | undefined {
  if (why.includes('exceeded quota'))
    return "Ask for a larger ResourceQuota, or for less in the cluster's resources.";
  if (why.includes('violates PodSecurity'))
    return "The namespace's Pod Security level forbids it: see its labels.";
  if (/admission webhook|failed calling webhook/.test(why))
    return 'Repair that admission webhook, or ask its owner. The cluster is not at fault.';
  return undefined;
}
