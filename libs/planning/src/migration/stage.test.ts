import { describe, expect, test } from '@jest/globals';
import { modeAt, type MigrationFacts, stageOf, stepsFrom, wayRefusal } from './stage.ts';

/** As ever on ZooKeeper. */
const before: MigrationFacts = {
  brokers: 'zookeeper',
  brokerPods: [0, 1, 2].map((id) => ({ id, kind: 'zookeeper' })),
  controllers: null,
  zookeeper: 'there',
  controllerVolumes: 0,
  since: undefined,
  isFinalizing: false,
  zookeeperId: undefined,
};
const provisioned: MigrationFacts = {
  ...before,
  controllers: 'migrating',
  controllerVolumes: 3,
  since: '2026-11-30T00:00:00Z',
  zookeeperId: 'abcdefghijklmnopqrstuw',
};
const migrating: MigrationFacts = { ...provisioned, brokers: 'migrating' };
const dualWrite: MigrationFacts = { ...provisioned, brokers: 'kraft' };
const after: MigrationFacts = { ...dualWrite, controllers: 'kraft', zookeeper: null, since: undefined };

describe('stageOf', () => {
  test.each([
    [{ ...before, brokers: null }, 'absent'],
    [before, 'zookeeper'],
    [provisioned, 'provisioned'],
    // A run that was killed before it had made the controllers.
    [{ ...before, zookeeperId: 'abcdefghijklmnopqrstuw' }, 'provisioned'],
    [migrating, 'migrating'],
    [dualWrite, 'dual-write'],
    [after, 'kraft'],
    // One that never had ZooKeeper.
    [{ ...after, zookeeperId: undefined }, 'kraft'],
  ] as const)('%j: %s', (facts, stage) => {
    expect(stageOf(facts)).toBe(stage);
  });

  test.each([
    ['a controller has restarted without the flag', { ...dualWrite, controllers: 'kraft' }],
    ['none has, and that it may has been written down', { ...dualWrite, isFinalizing: true }],
    ['ZooKeeper is gone', { ...after, isFinalizing: true }],
  ] as const)('the last step counts as begun: %s', (_, facts) => {
    expect(stageOf(facts)).toBe('finalizing');
  });

  test.each([
    ['the controllers are gone, and the brokers know them still', { ...migrating, controllers: null }],
    ['their volumes are left', { ...before, controllerVolumes: 3 }],
    ['what they were formatted with is written down', { ...before, since: 'then' }],
    ['a broker has not restarted yet', { ...before, brokerPods: [{ id: 2, kind: 'migrating' as const }] }],
  ] as const)('the way back counts as not over: %s', (_, facts) => {
    expect(stageOf(facts)).toBe('going-back');
  });

  test('a file has a mode only where a deployment is possible', () => {
    expect(modeAt('dual-write')).toBe('dual-write');
    for (const stage of ['absent', 'provisioned', 'finalizing', 'going-back'] as const)
      expect(modeAt(stage)).toBeUndefined();
  });
});

describe('stepsFrom', () => {
  test('forward it goes on where it is, and never takes a broker back', () => {
    expect(stepsFrom('zookeeper', 'forward')?.[0]).toBe('backup');
    expect(stepsFrom('migrating', 'forward')?.[0]).toBe('join');
    expect(stepsFrom('dual-write', 'forward')).toEqual(['switch', 'compare', 'health']);
  });

  test('brokers that use controllers go back before these stop', () => {
    for (const stage of ['migrating', 'dual-write'] as const) {
      const steps = stepsFrom(stage, 'back') ?? [];
      expect(steps.indexOf('return')).toBeLessThan(steps.indexOf('stop'));
      expect(steps.indexOf('written')).toBe(0);
    }
  });

  test('what controllers wrote in ZooKeeper goes once they are stopped, and their volumes always go', () => {
    for (const stage of ['provisioned', 'migrating', 'dual-write', 'going-back'] as const) {
      const steps = stepsFrom(stage, 'back') ?? [];
      expect(steps).toEqual(expect.arrayContaining(['hand-over', 'clean']));
      expect(steps.indexOf('stop')).toBeLessThan(steps.indexOf('hand-over'));
      // What is missing is found while the controllers' volumes still have it, and before a broker restarts without it.
      expect(steps.indexOf('compare')).toBeLessThan(steps.indexOf('rejoin'));
      expect(steps.at(-1)).toBe('clean');
    }
  });

  test('on ZooKeeper alone the way back removes what an earlier migration has left there', () => {
    expect(stepsFrom('zookeeper', 'back')).toEqual(['hand-over']);
  });

  test.each([
    ['back', 'finalizing', 'there is no way back any more', '--finalize'],
    ['back', 'kraft', 'no way back', 'Nothing is left to do'],
    ['forward', 'going-back', 'A way back', '--back'],
    ['forward', 'finalizing', 'no way back', '--finalize'],
    ['finalize', 'migrating', 'not in mode dual-write yet', 'kafka-ha migrate first'],
    ['finalize', 'zookeeper', 'not in mode dual-write yet', 'kafka-ha migrate first'],
    ['forward', 'absent', 'no such cluster', 'kafka-ha deploy'],
  ] as const)('%s from %s is refused, with what to do', (direction, stage, why, hint) => {
    expect(stepsFrom(stage, direction)).toBeUndefined();
    expect(wayRefusal(stage, direction)?.why).toContain(why);
    expect(wayRefusal(stage, direction)?.hint).toContain(hint);
  });

  test('nothing is left to do where it has arrived', () => {
    expect(stepsFrom('kraft', 'forward')).toEqual([]);
    expect(stepsFrom('kraft', 'finalize')).toEqual([]);
    expect(wayRefusal('kraft', 'finalize')).toBeUndefined();
  });
});
