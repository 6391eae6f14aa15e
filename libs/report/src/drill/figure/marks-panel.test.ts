import type { Phases } from '@kafka-ha/history';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aDrillResult } from '../../testing.ts';
import { layout } from './layout.ts';
import { marksOf } from './marks-panel.ts';
import { timeScale } from './time-scale.ts';

describe('marksPanel', () => {
  test('the fault and what followed it, each with its time after the fault', () => {
    const result = aDrillResult();
    expect(marksOf(result, timeScale(result)).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'fault: fault',
      'after: detected +4.312 s',
      'after: elected +4.398 s',
      'after: acknowledged +5.312 s',
      'after: in sync +15.870 s',
      'after: ready +19.204 s',
    ]);
  });

  test('no label covers another or is crossed by a line, and none leaves the drawing', () => {
    const drill = aDrillResult();
    const after = fc.option(fc.integer({ min: 0, max: 120_000 }), { nil: null });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30_000 }),
        fc.array(after, { minLength: 6, maxLength: 6 }),
        (faultMs, times) => {
          const [endedMs, detectedMs, electedMs, acknowledgedMs, inSyncMs, readyMs] = times.map((ms) =>
            ms === null ? null : ms + faultMs,
          );
          const phases = { endedMs, detectedMs, electedMs, acknowledgedMs, inSyncMs, readyMs };
          const result = { ...drill, phases: { ...drill.phases, ...phases, faultMs } as Phases };
          const marks = marksOf(result, timeScale(result));
          for (const [index, mark] of marks.entries()) {
            expect(endOf(mark)).toBeLessThanOrEqual(layout.plot + layout.gutter);
            for (const later of marks.slice(index + 1)) {
              // The later line starts at its label's row and runs down: through this label's row, if that is no higher.
              if (later.row <= mark.row) expect(later.x).toBeGreaterThan(endOf(mark));
            }
          }
        },
      ),
    );
  });

  /** A narrower font than the drawing reckons with. */
  function endOf({ x, text }: { x: number; text: string }): number {
    return x + 5 + text.length * 6;
  }
});
