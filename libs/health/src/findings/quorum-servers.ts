import { count } from '@kafka-ha/base';
import type { Spec } from '@kafka-ha/config';
import { components, ordinals, type QuorumComponent } from '@kafka-ha/manifests';
import type { FindingCode } from '../finding-catalogue.ts';
import { finding, type Finding } from '../finding.ts';
import { findPod, valueOf, type QuorumServer, type State } from '../state.ts';
import { sentence, sentences } from '../wording.ts';

/** A kind of quorum's servers, and how a finding of it is called. `counted`: one of them, where their number is told. */
export type QuorumKind = { component: QuorumComponent; counted: string; code: FindingCode };

/** Servers of the file that cannot answer, having no pod. */
export function serversMissing(
  { component, counted, code }: QuorumKind,
  spec: Spec,
  state: State,
  servers: readonly QuorumServer[],
): Finding[] {
  const { noun, wanted } = components[component];
  const { pods } = wanted(spec);
  return ordinals(pods)
    .filter((ordinal) => {
      const server = servers.find((each) => each.ordinal === ordinal);
      return server === undefined || isWithoutPod(component, state, server);
    })
    .map((ordinal) =>
      finding(
        code,
        `${noun} ${ordinal}`,
        `The cluster file says ${count(pods, counted)}, and this one has no pod.`,
      ),
    );
}

/** Servers with a pod that do not serve. Without a quorum every one is looking for one, and that has its finding already. */
export function serversNotServing(
  { component, code }: QuorumKind,
  state: State,
  servers: readonly QuorumServer[],
  { hasQuorum }: { hasQuorum: boolean },
): Finding[] {
  const bad = hasQuorum ? ['looking', 'unreachable'] : ['unreachable'];
  return servers
    .filter((server) => bad.includes(server.mode) && !isWithoutPod(component, state, server))
    .map(({ ordinal, mode, reason }) =>
      finding(
        code,
        `${components[component].noun} ${ordinal}`,
        sentences(
          mode === 'looking' ? 'It looks for a quorum.' : 'It does not answer.',
          reason === undefined ? null : sentence(reason),
        ),
      ),
    );
}

function isWithoutPod(component: QuorumComponent, state: State, { ordinal, mode }: QuorumServer): boolean {
  const pods = valueOf(state.pods);
  return mode === 'unreachable' && pods !== undefined && findPod(pods, component, ordinal) === undefined;
}
