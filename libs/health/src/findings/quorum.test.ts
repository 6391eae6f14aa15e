import { aSpec } from '@kafka-ha/config/testing';
import { describe, expect, test } from '@jest/globals';
import { assess, type QuorumServer, type State } from '../index.ts';
import { aState, change, read } from '../testing.ts';

const [migrating, dualWrite] = [aSpec({ mode: 'migrating' }), aSpec({ mode: 'dual-write' })];
const codesOf = (spec: typeof dualWrite, state: State) =>
  assess(spec, state).findings.map(({ code }) => code);

describe('a cluster between ZooKeeper and KRaft', () => {
  test('is healthy, and told to be on its way, since when and what is next', () => {
    const state = change(aState({}, dualWrite), 'statefulSets', ({ controller, ...others }) => ({
      ...others,
      controller: controller && { ...controller, createdAt: '2026-11-30T01:00:00Z' },
    }));
    const { status, findings } = assess(dualWrite, state);
    expect(status).toBe('healthy');
    expect(findings).toMatchObject([
      {
        code: 'migration-in-progress',
        reason: expect.stringMatching(
          /^Since 2026-11-30T01:00:00Z it is .* who write everything to ZooKeeper as well\.$/,
        ),
        action: expect.stringContaining('kafka-ha migrate --finalize'),
      },
    ]);
    expect(assess(migrating, aState({}, migrating)).findings).toMatchObject([
      { code: 'migration-in-progress', action: expect.stringContaining('`kafka-ha migrate`, which goes on') },
    ]);
  });

  test('is judged by the servers of both kinds', () => {
    const lost: QuorumServer[] = [
      { ordinal: 0, mode: 'leader', syncedFollowers: 1 },
      { ordinal: 1, mode: 'follower' },
      { ordinal: 2, mode: 'unreachable', reason: 'It is cut off.' },
    ];
    const other = (spec: typeof dualWrite) => ({ ...aState({}, spec), otherQuorum: read(lost) });
    expect(codesOf(dualWrite, other(dualWrite))).toContain('zookeeper-server-not-serving');
    expect(codesOf(migrating, other(migrating))).toContain('controller-not-serving');
  });

  test('may have a controller that is no broker, once those have taken over', () => {
    const state = { ...aState({}, migrating), controllerId: read(1_001) };
    expect(codesOf(migrating, state)).toEqual(['migration-in-progress']);
  });
});
