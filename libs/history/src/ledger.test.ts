import { expect, test } from '@jest/globals';
import { formatLedgerEntry, ledgerBound, parseLedger, type LedgerEntry } from './ledger.ts';

test('an entry is read as it was written', () => {
  const entry = anEntry();
  expect(parseLedger(formatLedgerEntry(entry))).toEqual({ entries: [entry], unreadable: [] });
});

test('lines that are no entries are told by number and keep nothing from the others', () => {
  const text = [formatLedgerEntry(anEntry()), '{"version":2}\n', '\n', 'torn {', ''].join('');
  expect(parseLedger(text)).toMatchObject({ entries: [{ fault: 'kill-broker' }], unreadable: [2, 4] });
});

test('the bound counts faults, not records, and leaves out drills that told nothing of losses', () => {
  const without = {
    ...anEntry(),
    verdict: 'no-verdict' as const,
    figures: { ...anEntry().figures, lost: null },
  };
  const lossy = { ...anEntry(), verdict: 'fail' as const, figures: { ...anEntry().figures, lost: 17 } };
  const slow = {
    ...anEntry(),
    verdict: 'fail' as const,
    figures: { ...anEntry().figures, interruptionMs: 90_000 },
  };
  expect(ledgerBound([anEntry(), without, slow])).toMatchObject({ faults: 2, losses: 0 });
  expect(ledgerBound([anEntry(), lossy])).toMatchObject({ faults: 2, losses: 1 });
});

function anEntry(): LedgerEntry {
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
    },
  };
}
