import { noVerdict } from '@kafka-ha/history';
import { describe, expect, test } from '@jest/globals';
import { formatTable } from '../table/format-table.ts';
import { aDrillResult, sampleDrills, simulateDrill } from '../testing.ts';
import { drillJson, type DrillReport } from './drill-json.ts';
import { drillTable } from './drill-table.ts';
import { milestones } from './milestones.ts';

describe('drillTable', () => {
  test('a row tells the fault, the verdict, and the figures that it rests on', () => {
    expect(row(aDrillResult())).toMatchObject({
      fault: { text: 'kill-broker' },
      victims: { text: 'kafka-2' },
      verdict: { text: 'pass', tone: 'good' },
      worst: { text: '5.365', tone: 'good' },
      limit: { text: '10' },
      detected: { text: '4.312' },
      ready: { text: '19.204' },
      lost: { text: '0', tone: undefined },
      available: { text: '88.69 %' },
    });
  });

  test('what is broken stands out', () => {
    const [failed] = sampleDrills().filter(({ verdict }) => verdict.result === 'fail');
    expect(row(failed ?? aDrillResult())).toMatchObject({
      verdict: { text: 'fail', tone: 'bad' },
      worst: { tone: 'bad' },
      lost: { text: '3', tone: 'bad' },
      ready: { text: '–', tone: 'dim' },
    });
  });

  test('no figure is shown where there is none, and no zero where nobody could count', () => {
    const nothing = aDrillResult({ interruptions: null, counts: null, verdict: noVerdict('gone') });
    expect(row(nothing)).toMatchObject({
      verdict: { text: 'no verdict', tone: undefined },
      worst: { text: '–' },
      limit: { text: '–' },
      lost: { text: '–' },
      available: { text: '–' },
    });
    const { verdict } = aDrillResult();
    const checks = verdict.checks.map((check) => ({ ...check, result: 'unknown' as const }));
    expect(row(aDrillResult({ verdict: { ...verdict, checks } }))).toMatchObject({ lost: { text: '?' } });
  });

  test('the table of every fault fits a terminal of 120 columns', () => {
    const drills = [
      ...sampleDrills(),
      simulateDrill({
        fault: 'kill-broker-and-controller',
        victims: ['events-kafka-1', 'events-controller-2'],
      }),
      simulateDrill({
        fault: 'lose-controller-quorum',
        victims: ['events-controller-0', 'events-controller-1'],
      }),
    ];
    const text = formatTable(drillTable(drills), { tone: (cell) => cell, width: 120 });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test('milestones are in the order of their time: a planned stop elects before it leaves', () => {
    const { phases } = aDrillResult();
    const planned = {
      ...phases,
      electedMs: 10_310,
      detectedMs: 11_740,
      acknowledgedMs: 11_229,
      readyMs: null,
    };
    expect(milestones({ phases: planned }).map(({ phase, afterFaultMs }) => [phase, afterFaultMs])).toEqual([
      ['elected', 310],
      ['acknowledged', 1229],
      ['detected', 1740],
      ['in-sync', 15_870],
    ]);
    expect(milestones({ phases: { ...phases, faultMs: null } })).toEqual([]);
  });

  test('the JSON for machines holds the results as they are, and one verdict', () => {
    const results = sampleDrills();
    const report = JSON.parse(drillJson(results)) as DrillReport;
    expect(report).toEqual({ version: 1, verdict: 'fail', results });
  });

  function row(result: ReturnType<typeof aDrillResult>) {
    const { columns, rows } = drillTable([result]);
    return Object.fromEntries(columns.map(({ title }, index) => [title, rows[0]?.[index]]));
  }
});
