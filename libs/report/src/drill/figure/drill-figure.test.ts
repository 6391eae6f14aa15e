import { describe, expect, test } from '@jest/globals';
import { aDrillResult, simulateDrill } from '../../testing.ts';
import { drillFigure } from './drill-figure.ts';

describe('drillFigure', () => {
  test('a row for each partition, silence by its pattern, and the worst silence in bold', () => {
    const { markup } = drillFigure(aDrillResult(), 'a');
    expect(markup.match(/<path class="silent" d="M[^"]*"\/>/g)).toHaveLength(20);
    expect(markup.match(/<text class="strong" [^>]*>5\.365<\/text>/g)).toHaveLength(1);
  });

  test('servers are ready, not ready or gone, and the victim’s name is bold', () => {
    const { markup } = drillFigure(aDrillResult(), 'a');
    const plot = markup.slice(0, markup.indexOf('<figcaption>'));
    expect(plot.match(/<rect class="gone"/g)).toHaveLength(1);
    expect(plot.match(/<rect class="not-ready"/g)).toHaveLength(1);
    expect(plot.match(/<rect class="ready"/g)).toHaveLength(9);
    expect(plot).toMatch(/<text class="strong" [^>]*>kafka-2<\/text>/);
  });

  test('an in-sync set that is too small for a write is marked, one that is large enough is not', () => {
    const marked = (size: number) => {
      const minIsr = [
        { ms: 0, size: 5 },
        { ms: 12_000, size },
        { ms: 20_000, size: 5 },
      ];
      return drillFigure(aDrillResult({ minIsr }), 'a').markup.match(/<rect class="silence" x="200" [^>]*>/g);
    };
    expect(marked(2)).toHaveLength(1);
    expect(marked(3)).toBeNull();
  });

  test('a burst that would dwarf the load is cut, and its size told', () => {
    expect(drillFigure(aDrillResult(), 'a').markup).toMatch(/the highest burst, [\d,]+, is cut off/);
    expect(drillFigure(simulateDrill({ felt: 0 }), 'a').markup).not.toContain('cut off');
  });

  test('the figure says in words what it shows, under ids of its own', () => {
    const { markup } = drillFigure(aDrillResult(), 'drill-3');
    expect(markup).toContain('aria-labelledby="drill-3-title drill-3-description"');
    expect(markup).toContain('the worst (partition 7) had no acknowledged write for 5.365 s');
    expect(markup).toContain('After the fault: detected after 4.312 s, elected after 4.398 s');
  });

  test('panels without data are left out, and so are their legends', () => {
    const strips = { stepMs: 200, partitions: [] };
    const { markup } = drillFigure(
      aDrillResult({ strips, lifelines: [], minIsr: [], interruptions: null }),
      'a',
    );
    expect(markup).not.toMatch(/Partitions:|Smallest in-sync|no acknowledgement|not ready/);
    expect(markup).toContain('What the partitions felt was not recorded.');
    expect(markup).toContain('seconds after the fault');
  });

  test('every coordinate is a number, whatever is missing', () => {
    const { phases } = aDrillResult();
    const strips = { stepMs: 200, partitions: [] };
    for (const result of [
      aDrillResult({ run: null }),
      aDrillResult({ strips, run: null, lifelines: [], phases: { ...phases, faultMs: null } }),
      simulateDrill({ partitions: 150 }),
      simulateDrill({ toMs: 600_000 }),
    ])
      expect(drillFigure(result, 'a').markup).not.toMatch(/NaN|Infinity|undefined|null/);
  });
});
