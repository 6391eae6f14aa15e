import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { QuorumServer } from '../state.ts';
import { aState, change, read } from '../testing.ts';
import { zookeeperFindings } from './zookeeper.ts';

const spec = aSpec();
const codesFor = (...modes: QuorumServer['mode'][]) => {
  const servers = modes.map((mode, ordinal): QuorumServer => ({ ordinal, mode }));
  return zookeeperFindings(spec, aState({ quorum: read(servers) }, spec)).map(({ code }) => code);
};

describe('zookeeper', () => {
  test('a follower proves that there is a leader, even one that we do not reach', () => {
    expect(codesFor('unreachable', 'follower', 'follower')).toEqual(['zookeeper-server-not-serving']);
  });

  test('without a quorum, servers that look for one are not blamed', () => {
    expect(codesFor('looking', 'unreachable', 'unreachable')).toEqual([
      'zookeeper-no-leader',
      'zookeeper-server-not-serving',
      'zookeeper-server-not-serving',
    ]);
  });

  test('beside a quorum, a server that looks for one is', () => {
    expect(codesFor('leader', 'follower', 'looking')).toEqual(['zookeeper-server-not-serving']);
  });

  test('a lost follower is not counted as one that lags behind', () => {
    const servers: QuorumServer[] = [
      { ordinal: 0, mode: 'leader', syncedFollowers: 1 },
      { ordinal: 1, mode: 'follower' },
      { ordinal: 2, mode: 'unreachable', reason: 'connection refused' },
    ];
    expect(zookeeperFindings(spec, aState({ quorum: read(servers) }, spec))).toMatchObject([
      { subject: 'ZooKeeper server 2', reason: 'It does not answer. Connection refused.' },
    ]);
  });

  test('a silent server without a pod is missing', () => {
    const servers: QuorumServer[] = [
      { ordinal: 0, mode: 'leader', syncedFollowers: 1 },
      { ordinal: 1, mode: 'follower' },
      { ordinal: 2, mode: 'unreachable' },
    ];
    const state = change(aState({ quorum: read(servers) }, spec), 'pods', (pods) =>
      pods.filter(({ name }) => name !== 'events-zookeeper-2'),
    );
    expect(zookeeperFindings(spec, state)).toMatchObject([
      { code: 'zookeeper-server-missing', subject: 'ZooKeeper server 2' },
    ]);
  });
});
