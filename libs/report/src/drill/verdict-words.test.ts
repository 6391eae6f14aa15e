import { emptyLedger, noVerdict, type Check, type DrillVerdict } from '@kafka-ha/history';
import { describe, expect, test } from '@jest/globals';
import { aDrillResult, sampleDrills, sampleLedger } from '../testing.ts';
import { failures } from './failures.ts';
import { headline, ledgerSentence, totals } from './headline.ts';
import { overallVerdict } from './reported-drill.ts';

const passed = aDrillResult();
const failed = aDrillResult({ fault: 'cut-node', verdict: { result: 'fail', checks: [], reasons: [] } });
const unjudged = aDrillResult({
  fault: 'cut-peers',
  verdict: noVerdict('the reader did not finish'),
});

describe('verdict words', () => {
  test('all pass, any fails, else there is no verdict: also without a drill', () => {
    const overall = (...results: (typeof passed)[]) => overallVerdict(results);
    expect(overall(passed, passed)).toBe('pass');
    expect(overall(passed, unjudged, failed)).toBe('fail');
    expect(overall(passed, unjudged)).toBe('no-verdict');
    expect(overall()).toBe('no-verdict');
  });

  test('the headline answers in one line', () => {
    expect([
      headline([passed]),
      headline([passed, passed]),
      headline([passed, failed]),
      headline([failed]),
      headline([passed, unjudged]),
      headline([unjudged]),
      headline([]),
    ]).toEqual([
      'The drill passed',
      'All 2 drills passed',
      '1 of 2 drills failed: cut-node',
      'The drill failed: cut-node',
      'No verdict: 1 of 2 drills could not be judged (cut-peers)',
      'No verdict: the drill could not be judged (cut-peers)',
      'No drill was run',
    ]);
  });

  test('the totals say nothing of losses that nobody could see', () => {
    expect(totals([passed])).toMatch(
      /^9,000 records acknowledged, none lost\. Longest interruption: 5\.\d{3} s \(kill-broker, partition 7\)\.$/,
    );
    expect(totals([passed, unjudged])).toContain('losses unknown for some');
    expect(totals(sampleDrills())).toContain('3 records lost');
  });

  test('the ledger’s sentence counts drills with a loss, not records', () => {
    expect(ledgerSentence(sampleLedger([passed], 60))).toBe(
      'Of 60 drilled faults so far none lost a record: with 95 % confidence, at most 4.9 % of such faults do.',
    );
    expect(ledgerSentence(sampleLedger(sampleDrills(), 10))).toContain(
      'Of 9 drilled faults so far 1 lost records',
    );
    expect(ledgerSentence(emptyLedger)).toContain('no drill yet that could show');
  });

  test('what cannot be read of the ledger is said beside the bound, and losses told there count', () => {
    const ledger = sampleLedger([passed], 60);
    expect(ledgerSentence({ ...ledger, unreadable: [7] })).toMatch(
      /at most 4\.9 % of such faults do\. 1 line of the ledger cannot be read \(7\): not included in this figure/,
    );
    expect(ledgerSentence({ ...ledger, unreadable: [3, 7], tornLosses: 1 })).toMatch(
      /^Of 61 drilled faults so far 1 lost .* 2 lines of the ledger cannot be read \(3, 7\): 1 of them tells of lost records/,
    );
  });

  test('each broken objective is a sentence with its figure and its limit', () => {
    const checks: Check[] = [
      { objective: 'lost', figure: 1, limit: 0, unit: 'records', result: 'fail' },
      { objective: 'duplicated', figure: 0, limit: 0, unit: 'records', result: 'pass' },
      { objective: 'reordered', figure: 2, limit: 0, unit: 'records', result: 'fail' },
      { objective: 'interruption', figure: 17_294, limit: 15_000, unit: 'ms', result: 'fail' },
      { objective: 'latency', figure: 17_205, limit: 15_000, unit: 'ms', result: 'fail' },
      { objective: 'diverged', figure: 2, limit: 0, unit: 'partitions', result: 'fail' },
      { objective: 'lacking', figure: 1, limit: 0, unit: 'partitions', result: 'fail' },
    ];
    const verdict: DrillVerdict = { result: 'fail', checks, reasons: ['the reader did not finish'] };
    expect(failures(aDrillResult({ verdict }))).toEqual([
      '1 acknowledged record was lost.',
      'Reordered records: 2; none may be.',
      'Partition 7 had no acknowledged write for 17.294 s; the limit is 15 s.',
      'A write to partition 7 took 17.205 s; the limit is 15 s.',
      'The replicas of 2 partitions differ.',
      '1 partition has a replica that lacks records.',
      'The reader did not finish.',
    ]);
    expect(failures(passed)).toEqual([]);
  });

  test('what consumers did not get is said of them', () => {
    const checks: Check[] = [
      { objective: 'undelivered', figure: 2, limit: 0, unit: 'records', result: 'fail' },
      { objective: 'commit-back', figure: 1, limit: 0, unit: 'records', result: 'fail' },
    ];
    expect(failures(aDrillResult({ verdict: { result: 'fail', checks, reasons: [] } }))).toEqual([
      '2 records were never delivered to the group of consumers.',
      'Commits that went back: 1; none may be.',
    ]);
  });
});
