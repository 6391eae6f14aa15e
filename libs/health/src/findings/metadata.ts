import { featuresOf, raisedFeatures, type Spec } from '@kafka-ha/config';
import { quorumManifests } from '@kafka-ha/manifests';
import { finding, type Finding } from '../finding.ts';
import { findPod, valueOf, type MetadataCopy, type PodState, type State } from '../state.ts';
import { podProblem } from './pods.ts';

/** What the controllers know of the brokers, and what the cluster has finalised. */
export function metadataFindings(spec: Spec, state: State): Finding[] {
  return [
    ...fencedInLife(spec, state),
    ...old(spec, state),
    ...stale(spec, state),
    ...featuresBehind(spec, state),
  ];
}

function fencedInLife(spec: Spec, state: State): Finding[] {
  return (valueOf(state.pods) ?? [])
    .filter(({ component, ordinal }) => component === 'kafka' && ordinal < spec.brokers)
    .filter(({ ordinal }) => isFencedInLife(state, ordinal))
    .map(({ name, ordinal }) =>
      finding(
        'broker-fenced',
        `broker ${ordinal}`,
        `The controllers have it fenced, and its pod ${name} is ready nevertheless.`,
      ),
    );
}

/**
 * Whether a broker lives and is counted as dead. Before Kafka 4.0 nobody tells who is fenced: but one that copies the metadata now,
 * whose port is open, and that is not among those alive, can be nothing else.
 */
export function isFencedInLife(state: State, id: number): boolean {
  const [metadata, brokers] = [valueOf(state.metadata), valueOf(state.brokers)];
  if (metadata === undefined || brokers === undefined || brokers.some((broker) => broker.id === id))
    return false;
  const pod = podOf(state, id);
  if (pod === undefined || podProblem(pod) !== null) return false;
  return metadata.fenced?.includes(id) ?? copyOf(metadata.copies, id)?.isFetching ?? false;
}

/** For as long as a silent broker would count as alive; one that is cut off has its finding for what follows from it. */
function old(spec: Spec, state: State): Finding[] {
  const { sessionMs } = quorumManifests(spec);
  return (valueOf(state.brokers) ?? []).flatMap(({ id }) => {
    const { behindMs = 0 } = copyOf(valueOf(state.metadata)?.copies ?? [], id) ?? {};
    if (behindMs !== null && behindMs < sessionMs) return [];
    if (state.cutOff.some(({ brokerId }) => brokerId === id)) return [];
    const time =
      behindMs === null ? 'since the active controller was elected' : `for ${Math.floor(behindMs / 1000)} s`;
    return [
      finding('broker-metadata-old', `broker ${id}`, `It has lacked metadata ${time}, and counts as alive.`),
    ];
  });
}

/** Registered brokers that nothing runs as, and that the file does not have. */
function stale(spec: Spec, state: State): Finding[] {
  if (state.pods.kind === 'unreadable') return [];
  return (valueOf(state.metadata)?.fenced ?? [])
    .filter((id) => id >= spec.brokers && podOf(state, id) === undefined)
    .map((id) =>
      finding(
        'stale-registration',
        `broker ${id}`,
        'It is registered, is fenced, and has no pod.',
        `Run \`kafka-ha scale --brokers ${spec.brokers} --yes\`, which unregisters brokers that are gone.`,
      ),
    );
}

function featuresBehind(spec: Spec, state: State): Finding[] {
  const metadata = valueOf(state.metadata);
  const wanted = featuresOf(spec.versions.metadata)?.levels ?? {};
  if (metadata === undefined) return [];
  return raisedFeatures.flatMap((feature) => {
    const [has, wants] = [metadata.features[feature] ?? 0, wanted[feature] ?? 0];
    if (has >= wants) return [];
    const reason = `Its level is ${has}, and that of ${spec.versions.metadata}, as the cluster file says, is ${wants}.`;
    return [finding('feature-behind', `feature ${feature}`, reason)];
  });
}

function podOf(state: State, id: number): PodState | undefined {
  return findPod(valueOf(state.pods) ?? [], 'kafka', id);
}

function copyOf(copies: readonly MetadataCopy[], id: number): MetadataCopy | undefined {
  return copies.find(({ brokerId }) => brokerId === id);
}
