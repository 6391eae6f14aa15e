import type { Spec } from '@kafka-ha/config';
import { ordinals } from '@kafka-ha/manifests';
import { finding, type Finding } from '../finding.ts';
import { groupBy } from '@kafka-ha/base';
import { findPod, valueOf, type RegisteredBroker, type State } from '../state.ts';
import { numbered, ranges, sentences } from '../wording.ts';
import { isFencedInLife } from './metadata.ts';
import { podProblem } from './pods.ts';

/** The brokers that Kafka knows against those of the cluster file. */
export function brokerFindings(spec: Spec, state: State): Finding[] {
  const brokers = valueOf(state.brokers);
  return [
    ...(brokers === undefined ? [] : [...missing(spec, state, brokers), ...unexpected(spec, brokers)]),
    ...(brokers === undefined ? [] : racks(state, brokers)),
    ...settings(spec, state),
    ...state.cutOff.map(({ brokerId, differs }) =>
      finding('broker-cut-off', `broker ${brokerId}`, `It answers, and ${differs.join('; it ')}.`),
    ),
  ];
}

/** Where the controller is one of the brokers, as with ZooKeeper. */
export function controllingBrokerFindings(state: State): Finding[] {
  const brokers = valueOf(state.brokers);
  const controllerId = valueOf(state.controllerId);
  if (controllerId === undefined) return [];
  if (controllerId === null) return [finding('no-controller', 'controller', 'No broker is the controller.')];
  if (brokers === undefined || brokers.some(({ id }) => id === controllerId)) return [];
  return [
    finding(
      'controller-not-registered',
      `broker ${controllerId}`,
      sentences('Kafka names it as the controller, but it is not registered.', presence(brokers)),
    ),
  ];
}

function missing(spec: Spec, state: State, brokers: readonly RegisteredBroker[]): Finding[] {
  const registered = new Set(brokers.map((broker) => broker.id));
  return ordinals(spec.brokers)
    .filter((id) => !registered.has(id) && !isFencedInLife(state, id))
    .map((id) =>
      finding(
        'broker-missing',
        `broker ${id}`,
        sentences('It is not registered.', presence(brokers), fateOfItsPod(state, id)),
      ),
    );
}

function presence(brokers: readonly RegisteredBroker[]): string {
  if (brokers.length === 0) return 'No broker is.';
  const ids = brokers.map((broker) => broker.id);
  return ids.length === 1 ? `Only broker ${ids[0]} is.` : `Brokers ${ranges(ids)} are.`;
}

function fateOfItsPod(state: State, id: number): string {
  const pods = valueOf(state.pods);
  if (pods === undefined) return 'Its pod could not be read.';
  const pod = findPod(pods, 'kafka', id);
  if (pod === undefined) return 'It has no pod.';
  return `Its pod ${pod.name} is ${podProblem(pod) === null ? 'ready nevertheless' : 'not ready'}.`;
}

function unexpected(spec: Spec, brokers: readonly RegisteredBroker[]): Finding[] {
  return brokers
    .filter(({ id }) => id >= spec.brokers)
    .map(({ id, host }) =>
      finding(
        'broker-unexpected',
        `broker ${id}`,
        `It is registered (${host}), and the cluster file has brokers ${ranges(ordinals(spec.brokers))} only.`,
      ),
    );
}

function racks(state: State, brokers: readonly RegisteredBroker[]): Finding[] {
  const pods = valueOf(state.pods) ?? [];
  return brokers.flatMap(({ id, rack }) => {
    const zone = findPod(pods, 'kafka', id)?.zone ?? null;
    if (zone === null || zone === rack) return [];
    const given = rack === null ? 'It has no broker.rack' : `Its broker.rack is ${rack}`;
    return [finding('broker-rack-differs', `broker ${id}`, `${given}, and its pod is in zone ${zone}.`)];
  });
}

/** What brokers have otherwise than the file, as it was set while they ran. */
function settings(spec: Spec, state: State): Finding[] {
  const all = valueOf(state.brokerSettings) ?? [];
  const wanted = spec.replication.minInSync;
  const differing = all.filter(({ minInSync }) => minInSync !== undefined && minInSync.value !== wanted);
  const groups = groupBy(differing, ({ minInSync }) => `${minInSync?.value}, ${minInSync?.by}`);
  return [
    ...[...groups].map(([value, group]) =>
      finding(
        'min-isr-outranked',
        numbered(
          'broker',
          group.map(({ brokerId }) => brokerId),
        ),
        `In force is ${value}, and the cluster file means ${wanted}.`,
      ),
    ),
    ...all.flatMap(({ brokerId, dropped = [] }) => droppedFinding(spec, `broker ${brokerId}`, dropped)),
  ];
}

export function droppedFinding(spec: Spec, subject: string, keys: readonly string[]): Finding[] {
  if (keys.length === 0) return [];
  const reason = `It has ${keys.join(', ')}, which Kafka ${spec.versions.kafka} does not know.`;
  return [finding('removed-config-left', subject, reason)];
}
