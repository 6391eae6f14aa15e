import { describe, expect, test } from '@jest/globals';
import { emptyHistory, type History } from './history.ts';
import { readBackOf } from './read-back-of.ts';

describe('readBackOf', () => {
  test('every replica must hold what was read back of the drill’s own topic', () => {
    expect([...readBackOf(aHistory({}))]).toEqual([
      ['drill-0', { from: 0, to: 300 }],
      ['drill-1', { from: 0, to: 400 }],
    ]);
  });

  test('nothing is demanded of a partition whose head was removed, or of one that was not read to its end', () => {
    expect([...readBackOf(aHistory({ from: [100, 0] })).keys()]).toEqual(['drill-1']);
    expect(readBackOf(aHistory({ complete: false })).size).toBe(0);
    expect(readBackOf(null).size).toBe(0);
  });

  function aHistory(change: Partial<NonNullable<History['readerEnd']>>): History {
    const run = {
      version: 2,
      id: 'r1',
      startedAt: 0,
      topic: 'drill',
      partitions: 2,
      ratePerSecond: 10,
      recordBytes: 200,
      idempotent: true,
      startOffsets: [0, 0],
    } as const;
    return {
      ...emptyHistory(run),
      readerEnd: { ms: 1, complete: true, from: [0, 0], to: [300, 400], ...change },
    };
  }
});
