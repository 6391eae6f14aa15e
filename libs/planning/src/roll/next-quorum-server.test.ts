import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextQuorumServer } from './next-quorum-server.ts';
import { awayOf, quorumScene, type Condition } from './testing.ts';

describe('nextQuorumServer', () => {
  test('the leader is the last', () => {
    expect(nextQuorumServer(quorumScene({ leader: 0 }))).toMatchObject({
      kind: 'take',
      step: { pod: { ordinal: 1 }, why: 'follower' },
    });
  });

  test('a follower that is not in sync is waited for', () => {
    expect(nextQuorumServer(quorumScene({ leader: 2, syncedFollowers: 1 }))).toMatchObject({
      kind: 'wait',
      reasons: ['ZooKeeper server 2 is the leader with 1 of 2 followers in sync'],
    });
  });

  test('without a leader none is taken', () => {
    expect(nextQuorumServer(quorumScene({ leader: -1 }))).toMatchObject({
      kind: 'wait',
      reasons: ['no ZooKeeper server is the leader'],
    });
  });

  test('controllers are taken alike: the active one last, and none while another is behind', () => {
    expect(nextQuorumServer(quorumScene({ mode: 'kraft', leader: 0 }))).toMatchObject({
      kind: 'take',
      step: { pod: { component: 'controller', ordinal: 1 }, why: 'follower' },
    });
    expect(nextQuorumServer(quorumScene({ mode: 'kraft', leader: 2, syncedFollowers: 1 }))).toMatchObject({
      kind: 'wait',
      reasons: ['controller 2 is the leader with 1 of 2 followers in sync'],
    });
  });

  test('a single server has no spare: it is taken as it is', () => {
    const { pods, ...scene } = quorumScene();
    expect(nextQuorumServer({ ...scene, servers: 1, pods: pods.slice(0, 1) })).toMatchObject({
      kind: 'take',
    });
  });

  test('wherever the leader is and whoever is away, a server that serves is taken only while all others do', () => {
    const condition = fc.constantFrom<Condition>('serving', 'silent', 'stuck', 'leaving');
    fc.assert(
      fc.property(
        fc.constantFrom('zookeeper', 'kraft'),
        fc.integer({ min: 0, max: 2 }),
        fc.tuple(condition, condition, condition),
        (mode, leader, conditions) => {
          const away = awayOf(conditions);
          const decision = nextQuorumServer(quorumScene({ mode, leader, away }));
          if (decision.kind !== 'take') return;
          const { ordinal } = decision.step.pod;
          if (conditions[ordinal] === 'stuck') return;
          expect(Object.keys(away)).toEqual([]);
          expect(ordinal).not.toBe(leader);
        },
      ),
    );
  });
});
