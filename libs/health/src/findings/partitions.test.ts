import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { aPartition, aState, aTopic, change, read, withTopic } from '../testing.ts';
import { partitionFindings } from './partitions.ts';

const spec = aSpec();
const healthy = aState({}, spec);
const withPartitions = (...partitions: Parameters<typeof aPartition>[0][]) =>
  withTopic(
    healthy,
    aTopic('events', { partitions: partitions.map((each, partition) => aPartition({ ...each, partition })) }),
  );

describe('partitions', () => {
  test('a partition is told of once, under the worst that is true of it', () => {
    const state = withPartitions(
      {},
      { leader: null, isr: [4] },
      { isr: [0, 1] },
      { isr: [0, 1, 2, 3] },
      { isr: [0, 1, 3, 4] },
    );
    expect(partitionFindings(spec, state).map(({ code, subject }) => [code, subject])).toEqual([
      ['partitions-offline', 'topic events, partition 1'],
      ['partitions-under-min-isr', 'topic events, partition 2'],
      ['partitions-under-replicated', 'topic events, partitions 3, 4'],
    ]);
  });

  test('exactly min.insync.replicas in sync still takes writes', () => {
    const [finding] = partitionFindings(spec, withPartitions({ isr: [0, 1, 2] }));
    expect(finding?.code).toBe('partitions-under-replicated');
  });

  test('brokers that are away and brokers that lag behind are told apart', () => {
    const state = change(withPartitions({ isr: [0, 1, 2] }), 'brokers', (brokers) =>
      brokers.filter(({ id }) => id !== 4),
    );
    expect(partitionFindings(spec, state)[0]?.reason).toContain(
      'Out of the ISR: broker 4, not registered. Out of the ISR although registered: broker 3.',
    );
  });

  test('who is registered is not guessed', () => {
    const state = {
      ...withPartitions({ isr: [0, 1, 2] }),
      brokers: { kind: 'unreadable' as const, reason: '' },
    };
    expect(partitionFindings(spec, state)[0]?.reason).toMatch(/Out of the ISR: brokers 3, 4\.$/);
  });

  test('an offline partition names the brokers that have to come back', () => {
    const state = withPartitions({ leader: null, isr: [3] }, { leader: null, isr: [4] });
    expect(partitionFindings(spec, state)[0]?.reason).toBe(
      '2 of 2 partitions without a leader. Last in sync: brokers 3, 4.',
    );
  });

  test('replicas that a reassignment adds do not count before they are there', () => {
    const state = withPartitions({ replicas: [5, 0, 1, 2, 3, 4], isr: [0, 1, 2, 3, 4], leader: 0 });
    const moving = {
      ...state,
      reassignments: read([{ topic: 'events', partition: 0, adding: [5], removing: [4] }]),
    };
    expect(partitionFindings(spec, moving)).toEqual([]);
    expect(partitionFindings(spec, state)).toMatchObject([{ code: 'partitions-under-replicated' }]);
  });
});
