import { describe, expect, test } from '@jest/globals';
import { featureChanges, featureKeys, levelName } from '../index.ts';

const old = { 'metadata.version': 21, 'kraft.version': 0 };

describe('featureChanges', () => {
  test('metadata.version goes up first, and what is a choice of its own does not', () => {
    expect(featureChanges(old, '4.4')).toEqual([
      { feature: 'metadata.version', from: 21, to: 33 },
      { feature: 'transaction.version', from: 0, to: 2 },
      { feature: 'group.version', from: 0, to: 1 },
    ]);
  });

  test('what was cut off goes on where it was', () => {
    expect(featureChanges({ 'metadata.version': 33, 'transaction.version': 2 }, '4.4')).toEqual([
      { feature: 'group.version', from: 0, to: 1 },
    ]);
  });

  test('where all is raised there is nothing to do, also where somebody has raised more', () => {
    const there = { 'metadata.version': 33, 'transaction.version': 2, 'group.version': 1 };
    expect(featureChanges(there, '4.4')).toEqual([]);
    expect(featureChanges({ ...there, 'kraft.version': 1, 'share.version': 2 }, '4.4')).toEqual([]);
    expect(
      featureChanges(
        { 'metadata.version': 25, 'transaction.version': 2, 'group.version': 1, 'share.version': 1 },
        '4.0',
      ),
    ).toEqual([]);
  });

  test('down goes metadata.version last, and with it what the older release does not have', () => {
    const born = {
      'metadata.version': 29,
      'transaction.version': 2,
      'group.version': 1,
      'eligible.leader.replicas.version': 1,
      'share.version': 1,
      'streams.version': 1,
    };
    expect(featureChanges(born, '4.0')).toEqual([
      { feature: 'streams.version', from: 1, to: 0 },
      { feature: 'share.version', from: 1, to: 0 },
      { feature: 'eligible.leader.replicas.version', from: 1, to: 0 },
      { feature: 'metadata.version', from: 29, to: 25 },
    ]);
  });

  test('a plan tells them by the names that people know', () => {
    expect(featureKeys(featureChanges(old, '4.4'))[0]).toEqual({
      key: 'metadata.version',
      how: 'feature',
      brokers: 'all',
      from: '3.9-IV0',
      to: '4.4-IV2',
    });
  });

  test('a level of the metadata has a name where it is that of a release', () => {
    expect([21, 23, 33].map((level) => levelName('metadata.version', level))).toEqual([
      '3.9-IV0',
      '23',
      '4.4-IV2',
    ]);
    expect(levelName('group.version', 21)).toBe('21');
  });
});
