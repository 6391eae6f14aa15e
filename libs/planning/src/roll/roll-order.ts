import type { PodState } from '@kafka-ha/health';
import { allComponents } from '@kafka-ha/manifests';
import type { RollReason, RollScene, RollStep } from './roll-scene.ts';

/**
 * The pods that are to be replaced, in order: the quorum before Kafka, what serves nobody before what does, the
 * quorum's leader and the controller last of theirs, so that each moves once. It holds for this reading: leader and
 * controller may move at any step.
 */
export function rollOrder(scene: RollScene): RollStep[] {
  return scene.pods
    .filter(({ name }) => scene.due.has(name))
    .map((pod) => ({ pod, why: reasonFor(pod, scene) }))
    .sort((a, b) => order.indexOf(a.why) - order.indexOf(b.why) || a.pod.ordinal - b.pod.ordinal)
    .sort((a, b) => componentOrder(a.pod) - componentOrder(b.pod));
}

const order: readonly RollReason[] = ['stuck', 'not-ready', 'follower', 'leader', 'broker', 'controller'];

function componentOrder({ component }: PodState): number {
  return allComponents.indexOf(component);
}

function reasonFor(pod: PodState, { controllerId, quorum }: RollScene): RollReason {
  if (isStuck(pod)) return 'stuck';
  if (!isServing(pod)) return 'not-ready';
  if (pod.component === 'kafka') return pod.ordinal === controllerId ? 'controller' : 'broker';
  const leads = quorum.some(({ ordinal, mode }) => ordinal === pod.ordinal && mode === 'leader');
  return leads ? 'leader' : 'follower';
}

/**
 * Whether a pod waits for something that will not come by itself, so that nothing of it runs: replacing it can only
 * help. One that runs and is not ready may be in log recovery, which is never interrupted.
 */
export function isStuck({ ready, deleting, waiting }: PodState): boolean {
  return !ready && !deleting && waiting !== null && !starting.has(waiting.reason);
}

/** What a kubelet says of a container that is just coming. */
const starting: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing', 'Waiting']);

export function isServing({ ready, deleting }: PodState): boolean {
  return ready && !deleting;
}

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
