import { expect, test } from '@jest/globals';
import type { LedgerEntry } from '@kafka-ha/history';
import { commonFaults, planDrills, possibleFaults } from './plan-drills.ts';

const cluster = { name: 'events', brokers: 5 };

test('a round makes each fault once, and the next goes on where it came to', () => {
  const drills = planDrills(
    cluster,
    { faults: ['kill-broker', 'kill-two-brokers'], rounds: 2, allPairs: false },
    [],
  );
  expect(drills).toEqual([
    { fault: 'kill-broker', turn: 0 },
    { fault: 'kill-two-brokers', turn: 0 },
    { fault: 'kill-broker', turn: 1 },
    { fault: 'kill-two-brokers', turn: 1 },
  ]);
});

test('what the ledger holds of the same cluster and fault has had its turn', () => {
  const ledger = [
    anEntry('events', 'kill-broker'),
    anEntry('events', 'kill-broker'),
    anEntry('other', 'kill-broker'),
    anEntry('events', 'stop-broker'),
  ];
  expect(planDrills(cluster, { faults: ['kill-broker'], rounds: 1, allPairs: false }, ledger)).toEqual([
    { fault: 'kill-broker', turn: 2 },
  ]);
});

test('all pairs of five brokers are ten drills', () => {
  const drills = planDrills(
    cluster,
    { faults: ['stop-broker', 'kill-two-brokers'], rounds: 1, allPairs: true },
    [],
  );
  expect(drills.map(({ turn }) => turn)).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('what takes more brokers than the file promises is not possible, nor what breaks nodes that are not ours', () => {
  expect(possibleFaults({ tolerance: 1 }, false)).not.toContain('kill-two-brokers');
  expect(possibleFaults({ tolerance: 2 }, false)).toEqual(expect.arrayContaining([...commonFaults]));
  expect(possibleFaults({ tolerance: 2 }, false)).not.toContain('cut-node');
  expect(possibleFaults({ tolerance: 2 }, true)).toContain('cut-node');
});

function anEntry(cluster: string, fault: string): LedgerEntry {
  return {
    version: 1,
    at: '2026-11-24T10:00:00.000Z',
    cluster,
    fault,
    victims: [],
    versions: { kafka: '3.9.2', zookeeper: '3.9.5', client: 'test' },
    verdict: 'pass',
    figures: {
      acknowledged: 1,
      lost: 0,
      duplicated: 0,
      reordered: 0,
      interruptionMs: 1,
      medianInterruptionMs: 1,
      availability: 1,
    },
  };
}
