import { describe, expect, test } from '@jest/globals';
import { emptyHistory, type History } from './history.ts';
import { strips } from './strips.ts';

describe('strips', () => {
  test('a step counts its acknowledgements and keeps the slowest; a silent one has none', () => {
    const history = aHistory([
      { partition: 0, seq: 0, count: 1, ms: 5 },
      { partition: 0, seq: 1, count: 1, ms: 130 },
      { partition: 0, seq: 2, count: 3, ms: 1010 }, // intended at 200, 300 and 400 ms
      { partition: 1, seq: 0, count: 1, ms: 60 },
    ]);
    expect(strips(history, { stepMs: 500, toMs: 1200 })).toEqual({
      stepMs: 500,
      partitions: [
        { partition: 0, worstLatencyMs: [30, null, 810], acknowledged: [2, 0, 3] },
        { partition: 1, worstLatencyMs: [10, null, null], acknowledged: [1, 0, 0] },
      ],
    });
  });

  test('what was acknowledged after the end is left out', () => {
    const history = aHistory([{ partition: 0, seq: 0, count: 1, ms: 1000 }]);
    expect(strips(history, { stepMs: 500, toMs: 1000 }).partitions[0]?.acknowledged).toEqual([0, 0]);
  });

  function aHistory(acknowledged: { partition: number; seq: number; count: number; ms: number }[]): History {
    const run = {
      version: 1,
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
      acknowledged: acknowledged.map((told) => ({ ...told, offset: told.seq })),
    };
  }
});
