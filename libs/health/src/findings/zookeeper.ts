import type { Spec } from '@kafka-ha/config';
import { count } from '@kafka-ha/base';
import { finding, type Finding } from '../finding.ts';
import { valueOf, type State, type QuorumServer } from '../state.ts';
import { numbered, sentence, sentences } from '../wording.ts';

/** ZooKeeper's quorum: one leader, everybody serving, followers synced. */
export function zookeeperFindings(spec: Spec, state: State): Finding[] {
  const servers = valueOf(state.quorum);
  if (servers === undefined) return [];
  return [
    ...standalone(spec, servers),
    ...leadership(spec, servers),
    ...missing(spec, state, servers),
    ...notServing(state, servers),
    ...notSynced(servers),
  ];
}

function standalone(spec: Spec, servers: readonly QuorumServer[]): Finding[] {
  const alone = servers.filter(({ mode }) => mode === 'standalone');
  const reason = `It runs standalone, but should be one of ${spec.zookeeper.servers}.`;
  return alone.map(({ ordinal }) => finding('zookeeper-standalone', `ZooKeeper server ${ordinal}`, reason));
}

function leadership(spec: Spec, servers: readonly QuorumServer[]): Finding[] {
  const leaders = servers.filter(({ mode }) => mode === 'leader').map(({ ordinal }) => ordinal);
  if (leaders.length > 1) {
    const reason = `${numbered('Server', leaders)} each claim to be the leader.`;
    return [finding('zookeeper-several-leaders', 'ZooKeeper', reason)];
  }
  if (hasQuorum(servers)) return [];
  const reason = `None of ${count(spec.zookeeper.servers, 'server')} leads: ${servers.map(describe).join(', ') || 'there is none'}.`;
  return [finding('zookeeper-no-leader', 'ZooKeeper', reason)];
}

/**
 * A follower follows somebody: where there is one, the leader is only out of our reach. A server that stands alone is
 * what is wrong then, and has its finding.
 */
function hasQuorum(servers: readonly QuorumServer[]): boolean {
  return servers.some(({ mode }) => mode === 'leader' || mode === 'follower' || mode === 'standalone');
}

function describe({ ordinal, mode, reason }: QuorumServer): string {
  return `server ${ordinal} is ${mode}${reason === undefined ? '' : ` (${reason})`}`;
}

/** Servers that cannot answer, having no pod. */
function missing(spec: Spec, state: State, servers: readonly QuorumServer[]): Finding[] {
  const ordinals = Array.from({ length: spec.zookeeper.servers }, (_, ordinal) => ordinal);
  return ordinals
    .filter((ordinal) => {
      const server = servers.find((each) => each.ordinal === ordinal);
      return server === undefined || isWithoutPod(state, server);
    })
    .map((ordinal) =>
      finding(
        'zookeeper-server-missing',
        `ZooKeeper server ${ordinal}`,
        `The cluster file says ${count(spec.zookeeper.servers, 'server')}, and this one has no pod.`,
      ),
    );
}

function notServing(state: State, servers: readonly QuorumServer[]): Finding[] {
  // Without a quorum every server is looking for one, and that has its finding already.
  const bad = hasQuorum(servers) ? ['looking', 'unreachable'] : ['unreachable'];
  return servers
    .filter((server) => bad.includes(server.mode) && !isWithoutPod(state, server))
    .map(({ ordinal, mode, reason }) =>
      finding(
        'zookeeper-server-not-serving',
        `ZooKeeper server ${ordinal}`,
        sentences(
          mode === 'looking' ? 'It looks for a quorum.' : 'It does not answer.',
          reason === undefined ? null : sentence(reason),
        ),
      ),
    );
}

function isWithoutPod(state: State, { ordinal, mode }: QuorumServer): boolean {
  const pods = valueOf(state.pods);
  if (mode !== 'unreachable' || pods === undefined) return false;
  return !pods.some((pod) => pod.component === 'zookeeper' && pod.ordinal === ordinal);
}

function notSynced(servers: readonly QuorumServer[]): Finding[] {
  const followers = servers.filter(({ mode }) => mode === 'follower').length;
  return servers.flatMap(({ ordinal, syncedFollowers }) => {
    if (syncedFollowers === undefined || syncedFollowers >= followers) return [];
    const reason = `Its leader, server ${ordinal}, counts ${syncedFollowers} synced of ${count(followers, 'follower')}.`;
    return [finding('zookeeper-followers-not-synced', 'ZooKeeper', reason)];
  });
}
