import { componentsOf, components, ofComponent, type Component } from '@kafka-ha/manifests';
import type { Spec } from '@kafka-ha/config';
import { count, groupBy } from '@kafka-ha/base';
import { finding, type Finding } from '../finding.ts';
import { valueOf, type PodState, type PodStatus, type State } from '../state.ts';
import { sentences } from '../wording.ts';

/** The one component whose number of pods may change. */
const scalable: Component = 'kafka';

/** The StatefulSets and their pods: there, ready, without restarts. */
export function podFindings(spec: Spec, state: State): Finding[] {
  return [
    ...componentsOf(spec).flatMap((component) => componentFindings(spec, state, component)),
    ...grouped((valueOf(state.pods) ?? []).flatMap((pod) => readiness(spec, pod))),
  ];
}

/** Why a pod does not serve, or `null` when it does. */
export function podProblem(pod: PodStatus): string | null {
  if (pod.deleting) return 'Being deleted.';
  if (pod.ready) return null;
  if (pod.waiting !== null) return `Waiting: ${pod.waiting.reason}${waitingMessage(pod.waiting)}.`;
  if (pod.node === null) return 'Not scheduled to a node yet.';
  if (pod.phase !== 'Running') return `Phase ${pod.phase}.`;
  return 'Running, not ready.';
}

function componentFindings(spec: Spec, state: State, component: Component): Finding[] {
  const { noun, fields, wanted } = components[component];
  const { pods: expected } = wanted(spec);
  const statefulSet = valueOf(state.statefulSets)?.[component];
  if (statefulSet === undefined) return [];
  const what = `${noun}s`;
  if (statefulSet === null) {
    return [
      finding(
        'statefulset-missing',
        `StatefulSet of the ${what}`,
        `Namespace ${spec.namespace} has no StatefulSet for the ${expected} ${what} of cluster ${spec.name}.`,
      ),
    ];
  }
  const { name, replicas } = statefulSet;
  const differs = finding(
    'statefulset-replicas-differ',
    `StatefulSet ${name}`,
    `It asks for ${count(replicas, 'pod')}, and the cluster file for ${expected} ${what}.`,
    component === scalable
      ? 'Run `kafka-ha scale` with the number that you want, or put the present number into the cluster file.'
      : `Put ${replicas} into ${fields.pods}: the size of a running ensemble cannot be changed.`,
  );
  return [...(replicas === expected ? [] : [differs]), ...missing(state, component, name, replicas)];
}

function missing(state: State, component: Component, statefulSet: string, replicas: number): Finding[] {
  const pods = valueOf(state.pods);
  if (pods === undefined) return [];
  const there = new Set(ofComponent(pods, component).map((pod) => pod.ordinal));
  return Array.from({ length: replicas }, (_, ordinal) => ordinal)
    .filter((ordinal) => !there.has(ordinal))
    .map((ordinal) =>
      finding(
        'pod-missing',
        `pod ${statefulSet}-${ordinal}`,
        `StatefulSet ${statefulSet} asks for ${count(replicas, 'pod')}, and this one does not exist.`,
      ),
    );
}

function readiness(spec: Spec, pod: PodState): Finding[] {
  const problem = podProblem(pod);
  const subject = `pod ${pod.name}`;
  if (problem === null) {
    const restarts = restartsOf(pod);
    return restarts === null ? [] : [finding('pod-restarted', subject, restarts, lookAtEnd(spec, pod))];
  }
  const reason = sentences(problem, restartsOf(pod));
  if (!pod.deleting && pod.waiting !== null) {
    return [finding('pod-waiting', subject, reason, pod.restarts > 0 ? lookAtEnd(spec, pod) : undefined)];
  }
  return [finding('pod-not-ready', subject, reason, pod.restarts > 0 ? lookAtEnd(spec, pod) : undefined)];
}

/** What the kubelet says of a crash loop is its own timer; what matters then is how the container ended. */
function waitingMessage({ reason, message }: NonNullable<PodStatus['waiting']>): string {
  if (message === null || reason === 'CrashLoopBackOff') return '';
  return `, ${message.replace(/[.\s]+$/, '')}`;
}

/** How often its container has ended, and how the last time; null of one that never has. */
export function restartsOf({ restarts, lastTermination }: PodStatus): string | null {
  if (restarts === 0) return null;
  const times = `Restarted ${restarts === 1 ? 'once' : `${restarts} times`}`;
  if (lastTermination === null) return `${times}.`;
  const { reason, exitCode } = lastTermination;
  return `${times}, last after ${reason}${exitCode === null ? '' : ` (exit code ${exitCode})`}.`;
}

function lookAtEnd({ namespace }: Spec, { name, component, lastTermination }: PodState): string {
  if (lastTermination?.reason === 'OOMKilled') {
    return `It exceeded its memory limit: raise ${components[component].fields.memory} in the cluster file.`;
  }
  return `Read the log of the container that ended: \`kubectl -n ${namespace} logs ${name} -c ${component} --previous\`.`;
}

/** Pods that suffer from the same thing become one finding: five brokers without an image are one cause. */
function grouped(findings: readonly Finding[]): Finding[] {
  const groups = groupBy(findings, ({ code, reason }) => `${code} ${reason}`);
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    if (others.length === 0) return [first];
    const names = group.map(({ subject }) => subject.replace(/^pod /, ''));
    return [{ ...first, subject: `pods ${names.join(', ')}` }];
  });
}
