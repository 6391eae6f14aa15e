import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stripSpans } from './strip-spans.ts';

const steps = { stepMs: 100 };
const options = { silentFromMs: 300, perColumn: 1, toMs: 10_000 };

describe('stripSpans', () => {
  test('neighbours of one level are one span', () => {
    expect(stripSpans(steps, { worstLatencyMs: [5, 9, 20, 21, 700] }, options)).toEqual([
      { fromMs: 0, toMs: 300, level: 0 },
      { fromMs: 300, toMs: 400, level: 1 },
      { fromMs: 400, toMs: 500, level: 4 },
    ]);
  });

  test('a step without an acknowledgement is silence only where it lasts', () => {
    const short = stripSpans(steps, { worstLatencyMs: [5, null, null, 5] }, options);
    expect(short).toEqual([{ fromMs: 0, toMs: 400, level: 0 }]);
    const long = stripSpans(steps, { worstLatencyMs: [5, null, null, null, 3000] }, options);
    expect(long).toEqual([
      { fromMs: 0, toMs: 100, level: 0 },
      { fromMs: 100, toMs: 400, level: 'silent' },
      { fromMs: 400, toMs: 500, level: 5 },
    ]);
  });

  test('silence at either end is silence; what lies beyond the end of writing is nothing', () => {
    const worstLatencyMs = [null, null, null, 5, null, null, null, null];
    expect(stripSpans(steps, { worstLatencyMs }, { ...options, toMs: 750 })).toEqual([
      { fromMs: 0, toMs: 300, level: 'silent' },
      { fromMs: 300, toMs: 400, level: 0 },
      { fromMs: 400, toMs: 750, level: 'silent' },
    ]);
  });

  test('where steps share a column, the worst of them shows, and silence is the worst', () => {
    const worstLatencyMs = [5, 700, null, null, null, 5, 5, 5];
    expect(stripSpans(steps, { worstLatencyMs }, { ...options, perColumn: 2 })).toEqual([
      { fromMs: 0, toMs: 200, level: 4 },
      { fromMs: 200, toMs: 600, level: 'silent' },
      { fromMs: 600, toMs: 800, level: 0 },
    ]);
  });

  test('spans follow each other without overlap, and neighbours differ', () => {
    const latency = fc.option(fc.integer({ min: 0, max: 5000 }), { nil: null });
    fc.assert(
      fc.property(
        fc.array(latency, { maxLength: 200 }),
        fc.integer({ min: 1, max: 4 }),
        (worstLatencyMs, perColumn) => {
          const spans = stripSpans(steps, { worstLatencyMs }, { ...options, perColumn });
          for (const [index, { fromMs, toMs, level }] of spans.entries()) {
            const before = spans[index - 1];
            expect(toMs).toBeGreaterThan(fromMs);
            expect(fromMs).toBeGreaterThanOrEqual(before?.toMs ?? 0);
            if (before?.toMs === fromMs) expect(level).not.toBe(before.level);
          }
        },
      ),
    );
  });
});
