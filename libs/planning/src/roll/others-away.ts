import type { PodState } from '@kafka-ha/health';
import { isServing } from './roll-order.ts';

/** The other pods of its component that are missing or do not serve, each as a reason to wait. */
export function othersAway(pod: PodState, pods: readonly PodState[], count: number): string[] {
  const prefix = pod.name.slice(0, -String(pod.ordinal).length);
  return Array.from({ length: count }, (_, ordinal) => ordinal)
    .filter((ordinal) => ordinal !== pod.ordinal)
    .flatMap((ordinal) => {
      const other = pods.find((each) => each.ordinal === ordinal);
      return other !== undefined && isServing(other) ? [] : [describeAbsence(`${prefix}${ordinal}`, other)];
    });
}

/** E.g. `events-kafka-2 is not ready (CrashLoopBackOff)`. */
export function describeAbsence(name: string, pod: PodState | undefined): string {
  if (pod === undefined) return `${name} does not exist`;
  if (pod.deleting) return `${name} is being deleted`;
  return `${name} is not ready${pod.waiting === null ? '' : ` (${pod.waiting.reason})`}`;
}
