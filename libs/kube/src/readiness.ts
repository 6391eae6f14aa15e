import { isReady, type Pod } from './pod.ts';
import { podSymptoms } from './pod-symptoms.ts';
import { replicasOf, type StatefulSet } from './stateful-set.ts';

/** True when the controller knows the latest generation, and all pods that it should have are ready. */
export function isComplete(set: StatefulSet, pods: readonly Pod[]): boolean {
  return isObserved(set) && unready(set, pods).length === 0;
}

export function isObserved({ metadata, status }: StatefulSet): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata.generation ?? 1);
}

/** E.g. `3 of 5 pods ready; events-3 is starting, events-4 is not scheduled yet`. */
export function describeProgress(set: StatefulSet, pods: readonly Pod[]): string {
  const waiting = unready(set, pods).map(({ name, why }) => `${name} ${why}`);
  const replicas = replicasOf(set);
  const count = `${replicas - waiting.length} of ${replicas} pods ready`;
  return waiting.length === 0 ? count : `${count}; ${waiting.join(', ')}`;
}

/** The pods that are missing or not ready. Pods beyond the replicas are on their way out and do not count. */
export function unready(
  set: StatefulSet,
  pods: readonly Pod[],
): { name: string; why: string; pod: Pod | undefined }[] {
  return podNames(set).flatMap((name) => {
    const pod = pods.find(({ metadata }) => metadata.name === name);
    return pod !== undefined && isReady(pod) ? [] : [{ name, why: whyNotReady(pod), pod }];
  });
}

/** Continues a sentence that begins with the pod's name. */
export function whyNotReady(pod: Pod | undefined): string {
  if (pod === undefined) return 'does not exist yet';
  if (pod.metadata.deletionTimestamp !== undefined) return 'is being deleted';
  const [symptom] = podSymptoms(pod);
  if (symptom !== undefined) return `has ${symptom.reason}`;
  if (pod.spec.nodeName === undefined) return 'is not scheduled yet';
  const containers = pod.status?.containerStatuses ?? [];
  if (!containers.some(({ state }) => state?.running)) return 'is starting';
  const unready = containers.filter(({ ready }) => !ready).map(({ name }) => name);
  const isPart = unready.length > 0 && unready.length < containers.length;
  return isPart ? `runs, ${unready.join(', ')} not ready yet` : 'runs, not ready yet';
}

function podNames(set: StatefulSet): string[] {
  return Array.from({ length: replicasOf(set) }, (_, ordinal) => `${set.metadata.name}-${ordinal}`);
}
