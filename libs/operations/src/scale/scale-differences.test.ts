import { describe, expect, test } from '@jest/globals';
import { scaleDifferences } from './scale-differences.ts';
import type { ScalePlan } from '@kafka-ha/planning';

const reviewed: ScalePlan = {
  brokers: { from: 5, to: 6 },
  empty: [5],
  replicationFactor: { from: 4, to: 4 },
  minInSync: 3,
  tolerance: 2,
  moves: { changes: [], movedReplicas: 40, movedBytes: 10e9, movedWeight: 9536, lowerBound: 9536 },
  throttle: { bytesPerSecond: 75e6, inflowBytesPerSecond: 5e6, seconds: 27 } as ScalePlan['throttle'],
  deletions: [],
  disks: [],
};

describe('scaleDifferences', () => {
  test('other places for the replicas, and a little more in them, are the plan that was reviewed', () => {
    const moves = { ...reviewed.moves, movedReplicas: 41, movedBytes: 10.5e9 };
    expect(
      scaleDifferences(reviewed, { ...reviewed, moves, throttle: { ...reviewed.throttle, seconds: 40 } }),
    ).toEqual([]);
  });

  test.each<[string, Partial<ScalePlan>]>([
    ['present brokers: 5 reviewed, 4 now', { brokers: { from: 4, to: 6 } }],
    ['wanted brokers: 6 reviewed, 7 now', { brokers: { from: 5, to: 7 } }],
    ['wanted replicas: 4 reviewed, 3 now', { replicationFactor: { from: 4, to: 3 } }],
    ['min.insync.replicas: 3 reviewed, 2 now', { minInSync: 2 }],
    ['brokers that may be lost at once: 2 reviewed, 1 now', { tolerance: 1 }],
    ['to be moved: 9.31Gi reviewed, 18.6Gi now', { moves: { ...reviewed.moves, movedBytes: 20e9 } }],
  ])('%s', (difference, now) => {
    expect(scaleDifferences(reviewed, { ...reviewed, ...now })).toEqual([difference]);
  });

  test('a topic that would lose records by now was not reviewed', () => {
    const deletions = [{ topic: 'orders', why: 'about 1Gi' }];
    expect(scaleDifferences(reviewed, { ...reviewed, deletions })).toEqual([
      'records that are deleted: of orders, not reviewed',
    ]);
    expect(scaleDifferences({ ...reviewed, deletions }, reviewed)).toEqual([]);
  });
});
