import { describe, expect, test } from '@jest/globals';
import {
  formatLedgerEntry,
  ledgerBound,
  ledgerEntryOf,
  parseLedger,
  type Figures,
  type LedgerEntry,
} from './ledger.ts';
import type { DrillResult } from './drill-result.ts';

describe('ledger', () => {
  test('an entry is read as it was written', () => {
    const entry = anEntry();
    expect(parseLedger(formatLedgerEntry(entry))).toEqual({
      entries: [entry],
      unreadable: [],
      tornLosses: 0,
    });
  });

  test('an entry of a cluster without ZooKeeper has the release of its metadata instead', () => {
    const entry = anEntry({}, { versions: { kafka: '4.4.0', metadata: '4.4', client: 'kafka-ha workload' } });
    expect(parseLedger(formatLedgerEntry(entry)).entries).toEqual([entry]);
    const broken = formatLedgerEntry(entry).replace('"metadata":"4.4"', '"metadata":44');
    expect(parseLedger(broken)).toMatchObject({ entries: [], unreadable: [1] });
  });

  test('lines that are no entries are told by number and keep nothing from the others', () => {
    const text = [formatLedgerEntry(anEntry()), '{"version":2}\n', '\n', 'torn {', ''].join('');
    expect(parseLedger(text)).toMatchObject({ entries: [{ fault: 'kill-broker' }], unreadable: [2, 4] });
  });

  test('an entry that stands behind a torn one on the same line is read, and two on one line are two', () => {
    const torn = formatLedgerEntry(anEntry()).slice(0, 150);
    const whole = formatLedgerEntry(anEntry({ lost: 3 })).trimEnd();
    expect(parseLedger(`${torn}${whole}\n`)).toMatchObject({
      entries: [{ figures: { lost: 3 } }],
      unreadable: [1],
    });
    expect(parseLedger(`${whole}${whole}\n`)).toMatchObject({ entries: [{}, {}], unreadable: [] });
  });

  test('however much of an entry is left from its loss on, the loss counts', () => {
    const line = formatLedgerEntry(anEntry({ lost: 17 })).trimEnd();
    const told = line.indexOf('"lost":1') + '"lost":1'.length;
    for (let length = told; length <= line.length; length += 1) {
      const ledger = parseLedger(line.slice(0, length));
      expect(ledgerBound(ledger)).toMatchObject({ faults: 1, losses: 1, bound: 1 });
    }
    for (let length = 1; length < told; length += 1)
      expect(parseLedger(line.slice(0, length)).unreadable).toEqual([1]);
  });

  test('the bound counts faults, not records', () => {
    const lossy = anEntry({ lost: 17 }, { verdict: 'fail' });
    const slow = anEntry({ interruptionMs: 90_000 }, { verdict: 'fail' });
    expect(boundOf(anEntry(), slow)).toMatchObject({ faults: 2, losses: 0 });
    expect(boundOf(anEntry(), lossy)).toMatchObject({ faults: 2, losses: 1 });
  });

  test.each<[string, LedgerEntry]>([
    ['told nothing of losses', anEntry({ lost: null }, { verdict: 'no-verdict' })],
    ['has no verdict, although its line has figures', anEntry({}, { verdict: 'no-verdict' })],
    ['did not come to its fault', anEntry({}, { verdict: 'fail', victims: [] })],
  ])('the bound leaves out a drill that %s, but never a loss', (_, entry) => {
    expect(boundOf(...Array.from({ length: 59 }, () => entry))).toEqual({ faults: 0, losses: 0, bound: 1 });
    const lossy = { ...entry, figures: { ...entry.figures, lost: 1 } };
    expect(boundOf(lossy)).toMatchObject({ faults: 1, losses: 1 });
  });

  test.each<[string, Partial<DrillResult>]>([
    ['its fault was not made', { faultMade: false }],
    ['it has no verdict', { verdict: { result: 'no-verdict', checks: [check(0)], reasons: ['cut short'] } }],
  ])('a drill has no figures in the ledger where %s', (_, change) => {
    const { figures } = ledgerEntryOf(aResult(change), 0);
    expect(figures).toMatchObject({ lost: null, duplicated: null, interruptionMs: null, availability: null });
  });

  test('a loss is kept also where the fault was not made', () => {
    const verdict = { result: 'fail' as const, checks: [check(2)], reasons: [] };
    const entry = ledgerEntryOf(aResult({ faultMade: false, verdict }), 0);
    expect(entry.figures).toMatchObject({ lost: 2, interruptionMs: null });
    expect(boundOf(entry)).toMatchObject({ faults: 1, losses: 1 });
    expect(ledgerEntryOf(aResult({}), 0).figures).toMatchObject({ lost: 0, interruptionMs: 5000 });
  });

  test('what consumers felt is kept; a line from before they were drilled is read as it is', () => {
    const consumers = {
      delivery: { perPartition: [], medianMs: 40, worst: { partition: 0, ms: 812, atMs: 0 } },
      commit: { partition: 0, ms: 5120, atMs: 0 },
    } as unknown as DrillResult['consumers'];
    expect(ledgerEntryOf(aResult({ consumers }), 0).figures).toMatchObject({
      deliveryMs: 812,
      commitMs: 5120,
    });
    expect(ledgerEntryOf(aResult({ consumers: null }), 0).figures).toMatchObject({ deliveryMs: null });
    const entry = anEntry({ deliveryMs: 812, commitMs: null });
    expect(parseLedger(formatLedgerEntry(entry)).entries).toEqual([entry]);
    const broken = formatLedgerEntry(entry).replace('"deliveryMs":812', '"deliveryMs":"812"');
    expect(parseLedger(broken)).toMatchObject({ entries: [], unreadable: [1] });
  });

  function boundOf(...entries: LedgerEntry[]) {
    return ledgerBound({ entries, unreadable: [], tornLosses: 0 });
  }

  function check(lost: number) {
    const result = lost > 0 ? ('fail' as const) : ('pass' as const);
    return { objective: 'lost' as const, figure: lost, limit: 0, unit: 'records' as const, result };
  }

  function aResult(change: Partial<DrillResult>): DrillResult {
    const { cluster, fault, victims, versions } = anEntry();
    const spread = { perPartition: [], medianMs: 4800, worst: { partition: 0, ms: 5000, atMs: 0 } };
    return {
      fault,
      faultMade: true,
      victims,
      run: null,
      cluster: { name: cluster, versions },
      counts: { acknowledged: 12_000 },
      interruptions: { writing: spread, availability: 0.98 },
      verdict: { result: 'pass', checks: [check(0)], reasons: [] },
      ...change,
    } as unknown as DrillResult;
  }

  function anEntry(figures: Partial<Figures> = {}, change: Partial<LedgerEntry> = {}): LedgerEntry {
    return {
      version: 1,
      at: '2026-11-24T06:00:00.000Z',
      cluster: 'events',
      fault: 'kill-broker',
      victims: ['events-kafka-3'],
      versions: { kafka: '3.9.2', zookeeper: '3.9.5', client: 'kafka-ha workload' },
      verdict: 'pass',
      figures: {
        acknowledged: 12_000,
        lost: 0,
        duplicated: 0,
        reordered: 0,
        interruptionMs: 5290,
        medianInterruptionMs: 4800,
        availability: 0.98,
        ...figures,
      },
      ...change,
    };
  }
});
