import type { Spec } from '@kafka-ha/config';
import { count } from '@kafka-ha/base';
import type { FindingCode } from '../finding-catalogue.ts';
import { finding, type Finding } from '../finding.ts';
import { valueOf, type State, type QuorumServer } from '../state.ts';
import { numbered } from '../wording.ts';
import { serversMissing, serversNotServing, type QuorumKind } from './quorum-servers.ts';

/** ZooKeeper's quorum: one leader, everybody serving, followers synced. */
export function zookeeperFindings(spec: Spec, state: State): Finding[] {
  const servers = valueOf(state.quorum);
  if (servers === undefined) return [];
  return [
    ...standalone(spec, servers),
    ...leadership(spec, servers),
    ...serversMissing(kind('zookeeper-server-missing'), spec, state, servers),
    ...serversNotServing(kind('zookeeper-server-not-serving'), state, servers, {
      hasQuorum: hasQuorum(servers),
    }),
    ...notSynced(servers),
  ];
}

function kind(code: FindingCode): QuorumKind {
  return { component: 'zookeeper', counted: 'server', code };
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

function notSynced(servers: readonly QuorumServer[]): Finding[] {
  const followers = servers.filter(({ mode }) => mode === 'follower').length;
  return servers.flatMap(({ ordinal, syncedFollowers }) => {
    if (syncedFollowers === undefined || syncedFollowers >= followers) return [];
    const reason = `Its leader, server ${ordinal}, counts ${syncedFollowers} synced of ${count(followers, 'follower')}.`;
    return [finding('zookeeper-followers-not-synced', 'ZooKeeper', reason)];
  });
}
