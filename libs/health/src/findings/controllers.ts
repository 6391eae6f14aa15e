import { count } from '@kafka-ha/base';
import type { Spec } from '@kafka-ha/config';
import { emptyVolumeExitCode } from '@kafka-ha/manifests';
import { finding, type Finding } from '../finding.ts';
import { valueOf, type PodState, type QuorumServer, type State } from '../state.ts';
import { sentence, sentences } from '../wording.ts';

/** The controllers' quorum: one active, all of the file's there, and each with what the active one has. */
export function controllerFindings(spec: Spec, state: State): Finding[] {
  const servers = valueOf(state.quorum);
  if (servers === undefined) return [];
  return [
    ...noneActive(spec, servers),
    ...missing(spec, state, servers),
    ...volumesEmpty(state, servers),
    ...notServing(state, servers),
    ...behind(servers),
  ];
}

function noneActive(spec: Spec, servers: readonly QuorumServer[]): Finding[] {
  if (hasQuorum(servers)) return [];
  const all = servers.map(({ ordinal, mode }) => `controller ${ordinal} is ${mode}`).join(', ');
  const reason = `None of ${count(spec.controllers.servers, 'controller')} is active: ${all || 'there is none'}.`;
  return [finding('controllers-none-active', 'controllers', reason)];
}

/** A follower follows somebody: where there is one, the active controller is only out of our reach. */
function hasQuorum(servers: readonly QuorumServer[]): boolean {
  return servers.some(({ mode }) => mode === 'leader' || mode === 'follower');
}

function missing(spec: Spec, state: State, servers: readonly QuorumServer[]): Finding[] {
  const ordinals = Array.from({ length: spec.controllers.servers }, (_, ordinal) => ordinal);
  return ordinals
    .filter((ordinal) => {
      const server = servers.find((each) => each.ordinal === ordinal);
      return server === undefined || isWithoutPod(state, server);
    })
    .map((ordinal) =>
      finding(
        'controller-missing',
        `controller ${ordinal}`,
        `The cluster file says ${count(spec.controllers.servers, 'controller')}, and this one has no pod.`,
      ),
    );
}

function volumesEmpty(state: State, servers: readonly QuorumServer[]): Finding[] {
  return servers
    .filter((server) => isWithoutVolume(state, server))
    .map(({ ordinal }) =>
      finding(
        'controller-volume-empty',
        `controller ${ordinal}`,
        'It does not start: its volume is empty, and the quorum has formed.',
        `If the other controllers are healthy, run \`kafka-ha rebuild --controller ${ordinal}\`.`,
      ),
    );
}

function isWithoutVolume(state: State, { ordinal, mode }: QuorumServer): boolean {
  const pod = podOf(state, ordinal);
  return mode === 'unreachable' && pod !== undefined && findsVolumeEmpty(pod);
}

/** Whether a controller waits to be allowed to format its volume: its start script ends with a code of its own then. */
export function findsVolumeEmpty({ component, ready, lastTermination }: PodState): boolean {
  return component === 'controller' && !ready && lastTermination?.exitCode === emptyVolumeExitCode;
}

/** Without a quorum every controller is looking for one, and that has its finding already. */
function notServing(state: State, servers: readonly QuorumServer[]): Finding[] {
  const bad = hasQuorum(servers) ? ['looking', 'unreachable'] : ['unreachable'];
  return servers
    .filter((server) => bad.includes(server.mode))
    .filter((server) => !isWithoutPod(state, server) && !isWithoutVolume(state, server))
    .map(({ ordinal, mode, reason }) =>
      finding(
        'controller-not-serving',
        `controller ${ordinal}`,
        sentences(
          mode === 'looking' ? 'It looks for a quorum.' : 'It does not answer.',
          reason === undefined ? null : sentence(reason),
        ),
      ),
    );
}

function isWithoutPod(state: State, { ordinal, mode }: QuorumServer): boolean {
  return mode === 'unreachable' && state.pods.kind === 'read' && podOf(state, ordinal) === undefined;
}

function podOf(state: State, ordinal: number): PodState | undefined {
  return valueOf(state.pods)?.find((pod) => pod.component === 'controller' && pod.ordinal === ordinal);
}

/** By Kafka's own measure, controller.quorum.fetch.timeout.ms: after so long a follower takes its leader for dead. */
export const mostBehindMs = 2_000;

function behind(servers: readonly QuorumServer[]): Finding[] {
  return servers.flatMap(({ ordinal, mode, behindMs = 0 }) => {
    if (mode !== 'follower' || (behindMs !== null && behindMs < mostBehindMs)) return [];
    const time = behindMs === null ? 'since that one was elected' : `for ${Math.floor(behindMs / 1000)} s`;
    const reason = `It has lacked records of the active controller ${time}.`;
    return [finding('controller-behind', `controller ${ordinal}`, reason)];
  });
}
