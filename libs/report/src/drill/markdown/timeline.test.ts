import { describe, expect, test } from '@jest/globals';
import { aDrillResult, sampleDrills, simulateDrill } from '../../testing.ts';
import { timeline } from './timeline.ts';

describe('timeline', () => {
  test('bars run from one milestone to the next, and victims have their own', () => {
    expect(timeline(aDrillResult())?.split('\n')).toEqual([
      'gantt',
      '    title kill-broker, seconds after the fault',
      '    dateFormat x',
      '    axisFormat %s',
      '    todayMarker off',
      '    section cluster',
      '    detected at 4.312 s :crit, 0, 4312',
      '    elected at 4.398 s :crit, 4312, 4398',
      '    acknowledged at 5.312 s :crit, 4398, 5312',
      '    in sync at 15.870 s :done, 5312, 15870',
      '    ready at 19.204 s :done, 15870, 19204',
      '    section kafka-2',
      '    gone :crit, 0, 1200',
      '    not ready :active, 1200, 19204',
    ]);
  });

  test('every line is one that Mermaid reads: one colon, whole numbers, no bar without a length', () => {
    for (const result of sampleDrills()) {
      for (const line of timeline(result)?.split('\n').slice(6) ?? []) {
        if (line.startsWith('    section ')) continue;
        const [, from, to] = /^ {4}[\w. -]+ :(?:crit|done|active), (\d+), (\d+)$/.exec(line) ?? [];
        expect(Number(to)).toBeGreaterThan(Number(from));
      }
    }
  });

  test('what means something to Mermaid is not in the text', () => {
    const text = timeline(aDrillResult({ fault: 'a:b;c#d%%e\nsection f' }));
    expect(text).toContain('    title a b c d e section f, seconds after the fault\n');
  });

  test('a short drill has ticks between the seconds', () => {
    expect(timeline(simulateDrill({ inSyncAfterMs: null, readyAfterMs: 900 }))).toContain('axisFormat %s.%L');
  });

  test('without anything seen there is no timeline', () => {
    const { phases } = aDrillResult();
    expect(timeline(aDrillResult({ phases: { ...phases, faultMs: null } }))).toBeNull();
  });
});
