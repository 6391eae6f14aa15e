import type { Spec } from '@kafka-ha/config';
import { count } from '@kafka-ha/base';
import { componentsOf, ofComponent } from '@kafka-ha/manifests';
import { finding, type Finding } from '../finding.ts';
import { valueOf, type PodState, type State, type StatefulSetState } from '../state.ts';

/** Changes that are under way, wait, or were left half done. */
export function changeFindings(spec: Spec, state: State): Finding[] {
  return [...rollouts(spec, state), ...reassignments(state), ...throttles(state)];
}

function rollouts(spec: Spec, state: State): Finding[] {
  const statefulSets = valueOf(state.statefulSets);
  if (statefulSets === undefined) return [];
  const pods = valueOf(state.pods) ?? [];
  return componentsOf(spec).flatMap((component) => {
    const statefulSet = statefulSets[component];
    if (statefulSet === null) return [];
    return rollout(statefulSet, ofComponent(pods, component));
  });
}

function rollout(statefulSet: StatefulSetState, pods: readonly PodState[]): Finding[] {
  const { name, generation, observedGeneration, updateRevision } = statefulSet;
  if (observedGeneration < generation) {
    const reason = `It is at generation ${generation}, and its controller has seen ${observedGeneration}.`;
    return [finding('statefulset-not-observed', `StatefulSet ${name}`, reason)];
  }
  const old = pods.filter(({ revision }) => revision !== updateRevision);
  if (old.length === 0) return [];
  const subject = `${old.length === 1 ? 'pod' : 'pods'} ${old.map((pod) => pod.name).join(', ')}`;
  const reason = `${old.length} of ${count(pods.length, 'pod')} not at revision ${updateRevision} of StatefulSet ${name}.`;
  return [finding('pods-outdated', subject, reason)];
}

function reassignments(state: State): Finding[] {
  const moving = valueOf(state.reassignments) ?? [];
  if (moving.length === 0) return [];
  const topics = [...new Set(moving.map(({ topic }) => topic))];
  return [
    finding(
      'reassignment-ongoing',
      `${topics.length === 1 ? 'topic' : 'topics'} ${topics.join(', ')}`,
      `The replicas of ${count(moving.length, 'partition')} are being moved.`,
    ),
  ];
}

function throttles(state: State): Finding[] {
  // While replicas move, a throttle does what it is for; and if that is not known, it may.
  if (valueOf(state.reassignments)?.length !== 0) return [];
  const brokers = (valueOf(state.brokerSettings) ?? []).map(({ brokerId, throttles }) => ({
    name: `broker ${brokerId}`,
    settings: throttles.map(({ key, value }) => `${key}=${value}`),
  }));
  // A topic's value is a list of all its replicas: the key says enough.
  const topics = (valueOf(state.topics) ?? []).map(({ name, throttles }) => ({
    name: `topic ${name}`,
    settings: throttles.map(({ key }) => key),
  }));
  const holders = [...brokers, ...topics].filter(({ settings }) => settings.length > 0);
  if (holders.length === 0) return [];
  const held = holders.map(({ name, settings }) => `${name} has ${settings.join(', ')}`).join('; ');
  return [
    finding(
      'throttle-left',
      holders.map(({ name }) => name).join(', '),
      `Nothing is being moved, but ${held}.`,
    ),
  ];
}
