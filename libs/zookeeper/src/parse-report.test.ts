import { describe, expect, test } from '@jest/globals';
import { isServing, parseMntr, parseSrvr } from './parse-report.ts';
import { serverState } from './read-server.ts';

describe('parse report', () => {
  test('mntr is read key by key, values with spaces and commas as they are', () => {
    const report = parseMntr(MNTR_OF_LEADER);
    expect(report.get('zk_synced_followers')).toBe('1');
    expect(report.get('zk_peer_state')).toBe('leading - broadcast');
  });

  test('srvr is read key by key', () => {
    expect(parseSrvr(SRVR_OF_LEADER).get('Zxid')).toBe('0x100000007');
  });

  test('a leader knows its followers and which of them are synced', () => {
    expect(serverState(SRVR_OF_LEADER, MNTR_OF_LEADER)).toEqual({
      mode: 'leader',
      followers: 2,
      syncedFollowers: 1,
      zxid: '0x100000007',
      version: '3.9.5',
      connections: 6,
      outstandingRequests: 3,
      averageLatencyMs: 1.0574,
      maxLatencyMs: 68,
    });
  });

  test.each(['follower', 'standalone', 'observer'])('a %s is told from a leader', (mode) => {
    const state = serverState(SRVR_OF_LEADER.replace('Mode: leader', `Mode: ${mode}`), MNTR_OF_LEADER);
    expect(state).toMatchObject({ mode, zxid: '0x100000007' });
    expect(state).not.toHaveProperty('syncedFollowers');
  });

  test('a server without a quorum is looking, even if it lost it between the two answers', () => {
    expect(isServing(NOT_SERVING)).toBe(false);
    expect(serverState(NOT_SERVING, NOT_SERVING)).toEqual({ mode: 'looking' });
    expect(serverState(SRVR_OF_LEADER, NOT_SERVING)).toEqual({ mode: 'looking' });
  });

  test('an answer that names no known mode is not taken for a healthy server', () => {
    expect(serverState('HTTP/1.1 400 Bad Request', '')).toMatchObject({ mode: 'unreachable' });
  });

  /** As ZooKeeper 3.9.5 says it; of mntr a part, with one of two followers behind. */
  const SRVR_OF_LEADER = `Zookeeper version: 3.9.5-293c895a8d966a3ecb92872be4a1daf87d725da2, built on 2026-02-11 20:18 UTC
Latency min/avg/max: 0/1.0574/68
Received: 925
Sent: 932
Connections: 6
Outstanding: 0
Zxid: 0x100000007
Mode: leader
Node count: 33
Proposal sizes last/min/max: 36/32/36
`;

  const MNTR_OF_LEADER = [
    'zk_version\t3.9.5-293c895a8d966a3ecb92872be4a1daf87d725da2, built on 2026-02-11 20:18 UTC',
    'zk_server_state\tleader',
    'zk_peer_state\tleading - broadcast',
    'zk_num_alive_connections\t6',
    'zk_avg_latency\t1.0574',
    'zk_outstanding_requests\t3',
    'zk_synced_followers\t1',
    'zk_synced_non_voting_followers\t0',
    'zk_max_latency\t68',
    'zk_learners\t2',
    'zk_quorum_size\t3',
    '',
  ].join('\n');

  const NOT_SERVING = 'This ZooKeeper instance is not currently serving requests\n';
});
