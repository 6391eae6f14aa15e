import { describe, expect, test } from '@jest/globals';
import { electionRounds, type LedTopic } from './election-rounds.ts';

describe('electionRounds', () => {
  test('where everybody leads what it should, nothing is left to do', () => {
    expect(electionRounds([topic('a', partition(0, { leader: 1 }))])).toEqual([]);
  });

  test('a preferred leader that is not in sync is not asked for', () => {
    expect(electionRounds([topic('a', partition(0, { leader: 2, isr: [2, 3] }))])).toEqual([]);
  });

  test('a partition without a leader is', () => {
    expect(electionRounds([topic('a', partition(0, { leader: null }))])).toEqual([
      [{ topic: 'a', partition: 0 }],
    ]);
  });

  test('four at a time, of whatever topic', () => {
    const led = (id: number) => partition(id, { leader: 2 });
    expect(electionRounds([topic('a', led(0), led(3)), topic('b', led(0), led(1), led(2))])).toEqual([
      [
        { topic: 'a', partition: 0 },
        { topic: 'a', partition: 3 },
        { topic: 'b', partition: 0 },
        { topic: 'b', partition: 1 },
      ],
      [{ topic: 'b', partition: 2 }],
    ]);
  });

  test.each([160, 161, 1_000])('%i partitions are as many as fit in forty rounds', (count) => {
    const many = Array.from({ length: count }, (_, id) => partition(id, { leader: 2 }));
    const sizes = electionRounds([topic('a', ...many)]).map((round) => round.length);
    expect(sizes.length).toBeLessThanOrEqual(40);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(count);
    expect(Math.max(...sizes)).toBe(Math.max(4, Math.ceil(count / 40)));
  });

  function topic(name: string, ...partitions: LedPartition[]): LedTopic {
    return { name, partitions };
  }

  type LedPartition = LedTopic['partitions'][number];

  /** Preferred leader 1, all in sync. */
  function partition(id: number, state: Pick<LedPartition, 'leader'> & Partial<LedPartition>): LedPartition {
    return { partition: id, replicas: [1, 2, 3], isr: [1, 2, 3], ...state };
  }
});
