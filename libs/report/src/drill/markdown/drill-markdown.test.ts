import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aDrillResult, sampleDrills, sampleLedger } from '../../testing.ts';
import { drillMarkdown } from './drill-markdown.ts';

const bytes = (text: string) => new TextEncoder().encode(text).length;

describe('drillMarkdown', () => {
  test('the answer comes first, then the figures, then each drill', () => {
    const results = sampleDrills();
    const text = drillMarkdown(results, { ledger: sampleLedger(results) });
    expect(text).toMatch(/^## ❌ 1 of 10 drills failed: crash-node\n/);
    expect(text).toContain('96,000 records acknowledged, 3 records lost.');
    expect(text).toMatch(/\| crash-node \| kafka-3 \| \*\*fail\*\* \| \*\*17\.\d{3}\*\* \|/);
    expect(text).toContain('Of 36 drilled faults so far 4 lost records');
    expect(text).toContain('- Partition 7 had no acknowledged write for 17.294 s; the limit is 15 s.');
    expect(text).toContain('<details><summary>lost records: 3</summary>\n\n- **record 7/1041, offset 1053**');
    expect(text.match(/^### /gm)).toHaveLength(10);
    expect(text.match(/^```mermaid$/gm)).toHaveLength(10);
  });

  test('what was written beside the load is told', () => {
    const throughput = { bytesPerSecond: 20e6, reachedBytesPerSecond: 18e6, failedRecords: 0 };
    expect(drillMarkdown([aDrillResult({ throughput })])).toContain(
      'Beside the load a producer wrote 18MB/s of 20MB/s.',
    );
    expect(drillMarkdown([aDrillResult({ throughput: { ...throughput, failedRecords: 2 } })])).toContain(
      'of 20MB/s; 2 records failed.',
    );
    expect(drillMarkdown([aDrillResult()])).not.toContain('Beside');
  });

  test('text from elsewhere stays text', () => {
    const text = drillMarkdown([
      aDrillResult({
        fault: '<img src=x>|`',
        title: '**bold** @someone\n\n# heading',
        victims: ['</details>'],
      }),
    ]);
    expect(text).not.toMatch(/<img|<\/details>|\*\*bold|@someone|^# heading/m);
  });

  test('over its budget it leaves out records by name, then timelines, then drills, then rows, and says so', () => {
    const results = sampleDrills();
    const whole = drillMarkdown(results);
    const short = (maxBytes: number) => drillMarkdown(results, { maxBytes });

    const unnamed = short(bytes(whole) - 1);
    expect(unnamed).toContain('size limit:** the records by name.');
    expect(unnamed).not.toContain('7/1041');
    expect(unnamed).toContain('```mermaid');

    const untimed = short(bytes(unnamed) - 1);
    expect(untimed).toContain('the records by name and the timelines');
    expect(untimed).not.toContain('```mermaid');
    expect(untimed).toContain('### ❌ crash-node: fail');

    const tableOnly = short(bytes(untimed) - 1);
    expect(tableOnly).toContain('everything about single drills');
    expect(tableOnly).toContain('| cut-peers |');

    const cut = short(bytes(tableOnly) - 1);
    expect(cut).toContain('everything about single drills and 5 rows of the table');
    expect(cut).not.toContain('| cut-peers |');
  });

  test('it is never longer than its budget, unless that is too short for a headline', () => {
    const results = sampleDrills();
    fc.assert(
      fc.property(fc.integer({ min: 600, max: 12_000 }), (maxBytes) => {
        expect(bytes(drillMarkdown(results, { maxBytes }))).toBeLessThanOrEqual(maxBytes);
      }),
      { numRuns: 60 },
    );
  });

  test('without a drill it says so', () => {
    expect(drillMarkdown([])).toMatch(/^## ⚠️ No drill was run\n/);
  });
});
