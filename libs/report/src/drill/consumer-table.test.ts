import { describe, expect, test } from '@jest/globals';
import { aDrillResult } from '../testing.ts';
import { consumerTable } from './consumer-table.ts';

describe('consumerTable', () => {
  test('a row tells how long records waited, who coordinated, and what came twice or never', () => {
    expect(row(aDrillResult())).toMatchObject({
      fault: { text: 'kill-broker' },
      worst: { text: '0.812', tone: undefined },
      median: { text: '0.102' },
      'no commit, s': { text: '5.120' },
      coordinator: { text: 'kafka-2, then kafka-0' },
      delivered: { text: '9,000' },
      twice: { text: '12' },
      never: { text: '0' },
      'commits back': { text: '0' },
    });
  });

  test('what is broken stands out, and no zero is shown where nobody could count', () => {
    const { verdict } = aDrillResult();
    const withResult = (result: 'fail' | 'unknown') => {
      const checks = verdict.checks.map((check) => ({ ...check, figure: 3, result }));
      return row(aDrillResult({ verdict: { ...verdict, checks } }));
    };
    expect(withResult('fail')).toMatchObject({
      worst: { tone: 'bad' },
      never: { text: '3', tone: 'bad' },
      'commits back': { text: '3', tone: 'bad' },
    });
    expect(withResult('unknown')).toMatchObject({ never: { text: '?' }, 'commits back': { text: '?' } });
  });

  test('a drill without consumers has an empty row beside others, and alone no table', () => {
    const without = aDrillResult({ fault: 'cut-peers', consumers: null });
    expect(consumerTable([without])).toBeNull();
    const [, second] = consumerTable([aDrillResult(), without])?.rows ?? [];
    expect(second?.map(({ text }) => text)).toEqual(['cut-peers', ...Array.from({ length: 9 }, () => '–')]);
  });

  function row(result: ReturnType<typeof aDrillResult>) {
    const { columns, rows } = consumerTable([result]) ?? { columns: [], rows: [] };
    return Object.fromEntries(columns.map(({ title }, index) => [title, rows[0]?.[index]]));
  }
});
