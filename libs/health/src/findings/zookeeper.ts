import type { Spec } from '@kafka-ha/config';
import { finding, type Finding } from '../finding.ts';
import { valueOf, type State, type ZooKeeperServer } from '../state.ts';
import { count, numbered } from '../wording.ts';

/** ZooKeeper's quorum: one leader, everybody serving, followers synced. */
export function zookeeperFindings(spec: Spec, state: State): Finding[] {
  const servers = valueOf(state.zookeeper);
  if (servers === undefined) return [];
  const alone = spec.zookeeper.servers === 1 ? [] : servers.filter(({ mode }) => mode === 'standalone');
  return [
    ...alone.map(({ ordinal }) =>
      finding(
        'zookeeper-standalone',
        `ZooKeeper server ${ordinal}`,
        `It serves by itself, and is one of ${spec.zookeeper.servers}.`,
      ),
    ),
    ...leadership(spec, servers),
    ...missing(spec, servers),
    ...notServing(servers),
    ...notSynced(servers),
  ];
}

function leadership(spec: Spec, servers: readonly ZooKeeperServer[]): Finding[] {
  const leaders = servers.filter(({ mode }) => mode === 'leader').map(({ ordinal }) => ordinal);
  if (leaders.length > 1) {
    const reason = `${numbered('Server', leaders)} each say that they lead.`;
    return [finding('zookeeper-several-leaders', 'ZooKeeper', reason)];
  }
  if (hasQuorum(servers)) return [];
  const reason = `None of ${count(spec.zookeeper.servers, 'server')} leads: ${servers.map(describe).join(', ') || 'none is there'}.`;
  return [finding('zookeeper-no-leader', 'ZooKeeper', reason)];
}

/** A follower follows somebody: where there is one, the leader is only out of our reach. */
function hasQuorum(servers: readonly ZooKeeperServer[]): boolean {
  return servers.some(({ mode }) => mode === 'leader' || mode === 'follower' || mode === 'standalone');
}

function describe({ ordinal, mode, reason }: ZooKeeperServer): string {
  return `server ${ordinal} is ${mode}${reason === undefined ? '' : ` (${reason})`}`;
}

function missing(spec: Spec, servers: readonly ZooKeeperServer[]): Finding[] {
  const there = new Set(servers.map(({ ordinal }) => ordinal));
  return Array.from({ length: spec.zookeeper.servers }, (_, ordinal) => ordinal)
    .filter((ordinal) => !there.has(ordinal))
    .map((ordinal) =>
      finding(
        'zookeeper-server-missing',
        `ZooKeeper server ${ordinal}`,
        `There are ${there.size} of ${count(spec.zookeeper.servers, 'server')}, and this one has no pod.`,
      ),
    );
}

function notServing(servers: readonly ZooKeeperServer[]): Finding[] {
  // Without a quorum every server is looking for one, and that has its finding already.
  const bad = hasQuorum(servers) ? ['looking', 'unreachable'] : ['unreachable'];
  return servers
    .filter(({ mode }) => bad.includes(mode))
    .map(({ ordinal, mode, reason }) =>
      finding(
        'zookeeper-server-not-serving',
        `ZooKeeper server ${ordinal}`,
        `${mode === 'looking' ? 'It looks for a quorum' : 'It does not answer'}${reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`}.`,
      ),
    );
}

function notSynced(servers: readonly ZooKeeperServer[]): Finding[] {
  const followers = servers.filter(({ mode }) => mode === 'follower').length;
  return servers.flatMap(({ ordinal, syncedFollowers }) => {
    if (syncedFollowers === undefined || syncedFollowers >= followers) return [];
    const reason = `Its leader, server ${ordinal}, counts ${syncedFollowers} synced of ${count(followers, 'follower')}.`;
    return [finding('zookeeper-followers-not-synced', 'ZooKeeper', reason)];
  });
}
