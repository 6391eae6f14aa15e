import { count } from '@kafka-ha/base';
import type { Spec } from '@kafka-ha/config';
import { emptyVolumeExitCode } from '@kafka-ha/manifests';
import type { FindingCode } from '../finding-catalogue.ts';
import { finding, type Finding } from '../finding.ts';
import { findPod, valueOf, type PodState, type QuorumServer, type State } from '../state.ts';
import { serversMissing, serversNotServing, type QuorumKind } from './quorum-servers.ts';

/** The controllers' quorum: one active, all of the file's there, and each with what the active one has. */
export function controllerFindings(spec: Spec, state: State): Finding[] {
  const servers = valueOf(state.quorum);
  if (servers === undefined) return [];
  return [
    ...noneActive(spec, servers),
    ...serversMissing(kind('controller-missing'), spec, state, servers),
    ...volumesEmpty(state, servers),
    ...serversNotServing(
      kind('controller-not-serving'),
      state,
      servers.filter((server) => !isWithoutVolume(state, server)),
      { hasQuorum: hasQuorum(servers) },
    ),
    ...behind(servers),
  ];
}

function kind(code: FindingCode): QuorumKind {
  return { component: 'controller', counted: 'controller', code };
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
  const pod = findPod(valueOf(state.pods) ?? [], 'controller', ordinal);
  return mode === 'unreachable' && pod !== undefined && findsVolumeEmpty(pod);
}

/** Whether a controller waits to be allowed to format its volume: its start script ends with a code of its own then. */
export function findsVolumeEmpty({ component, ready, lastTermination }: PodState): boolean {
  return component === 'controller' && !ready && lastTermination?.exitCode === emptyVolumeExitCode;
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
