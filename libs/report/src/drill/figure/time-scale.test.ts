import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aDrillResult } from '../../testing.ts';
import { layout } from './layout.ts';
import { ticks, timeScale } from './time-scale.ts';

describe('timeScale', () => {
  test('the axis counts from the fault and reaches to the end of the run', () => {
    const scale = timeScale(aDrillResult());
    expect(scale).toMatchObject({ toMs: 45_000, zeroMs: 10_000 });
    expect([scale.x(0), scale.x(45_000), scale.x(90_000)]).toEqual([0, layout.plot, layout.plot]);
    expect(ticks(scale).map((ms) => ms - scale.zeroMs)).toEqual(
      [-10, -5, 0, 5, 10, 15, 20, 25, 30, 35].map((s) => s * 1000),
    );
  });

  test('the last mark leaves room for its label', () => {
    const { phases } = aDrillResult();
    expect(timeScale(aDrillResult({ phases: { ...phases, readyMs: 54_000 } })).toMs).toBe(60_000);
  });

  test('a drill of which nothing is known still has an axis', () => {
    const { phases } = aDrillResult();
    const empty = { run: null, lifelines: [], strips: { stepMs: 200, partitions: [] } };
    const unseen = { ...phases, faultMs: null };
    expect(timeScale(aDrillResult({ ...empty, phases: unseen }))).toMatchObject({ toMs: 1000, zeroMs: 0 });
  });

  test('ticks are few, within the plot, and one is the fault', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 3_600_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (toMs, share) => {
          const zeroMs = Math.floor(share * toMs);
          const found = ticks({ toMs, zeroMs, x: (ms) => ms });
          expect(found).toContain(zeroMs);
          expect(found.length).toBeLessThanOrEqual(13);
          expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
          expect(Math.max(...found)).toBeLessThanOrEqual(toMs);
        },
      ),
    );
  });
});
