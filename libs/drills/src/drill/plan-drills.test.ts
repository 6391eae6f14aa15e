import { describe, expect, test } from '@jest/globals';
import type { Spec } from '@kafka-ha/config';
import type { LedgerEntry } from '@kafka-ha/history';
import { commonFaults } from './faults/fault.ts';
import { planDrills, possibleFaults } from './plan-drills.ts';

const cluster = { name: 'events', brokers: 5 };

describe('planDrills', () => {
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
    expect(possibleFaults({ ...withZookeeper, tolerance: 1 }, false)).not.toContain('kill-two-brokers');
    expect(possibleFaults(withZookeeper, false)).not.toContain('cut-node');
    expect(possibleFaults(withZookeeper, false)).not.toContain('drain-two-nodes');
    expect(possibleFaults(withZookeeper, true)).toContain('cut-node');
  });

  test('a pull request is held to five faults of either kind of cluster', () => {
    const gate = (spec: typeof withZookeeper) =>
      possibleFaults(spec, false).filter((name) => commonFaults.includes(name));
    expect(gate(withZookeeper)).toEqual([
      'stop-broker',
      'kill-broker',
      'kill-controller',
      'kill-zookeeper-leader',
      'kill-two-brokers',
    ]);
    expect(gate(kraft)).toEqual([
      'stop-broker',
      'kill-broker',
      'stop-controller',
      'kill-controller',
      'kill-two-brokers',
    ]);
  });

  test('each kind of cluster has the faults of its own parts', () => {
    const all = possibleFaults(withZookeeper, true);
    expect(all).toEqual([
      'stop-broker',
      'kill-broker',
      'kill-controller',
      'kill-zookeeper-leader',
      'kill-two-brokers',
      'lose-zookeeper-quorum',
      'pause-broker',
      'crash-node',
      'crash-zone',
      'cut-node',
      'cut-peers',
      'fill-disk',
      'slow-network',
      'slow-disk',
      'drain-two-nodes',
    ]);
    expect(possibleFaults(kraft, true)).toEqual([
      'stop-broker',
      'kill-broker',
      'stop-controller',
      'kill-controller',
      'kill-two-brokers',
      'kill-broker-and-controller',
      'lose-controller-quorum',
      'pause-broker',
      'crash-node',
      'crash-zone',
      'cut-node',
      'cut-peers',
      'cut-controllers',
      'fill-disk',
      'slow-network',
      'slow-disk',
      'drain-two-nodes',
    ]);
  });

  const withZookeeper: Pick<Spec, 'mode' | 'tolerance'> = { mode: 'zookeeper', tolerance: 2 };
  const kraft: typeof withZookeeper = { mode: 'kraft', tolerance: 2 };

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
});
