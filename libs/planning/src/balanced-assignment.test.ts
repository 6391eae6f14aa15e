import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { balancedAssignment } from './index.ts';

describe('balancedAssignment', () => {
  test.each([20, 60])(
    'with 5 brokers and 5 replicas, %i partitions stay even after any one or two losses',
    (partitions) => {
      const brokers = [0, 1, 2, 3, 4];
      const lists = balancedAssignment({ brokers, partitions, replicationFactor: 5 });
      for (const lost of lossesUpTo(2, brokers)) {
        expect({ lost, spread: leadershipSpread(lists, brokers, lost) }).toEqual({
          lost,
          spread: partitions === 20 && lost.length === 2 ? 1 : 0,
        });
      }
    },
  );

  test('20 partitions on 5 brokers are all ordered pairs, once each', () => {
    const lists = balancedAssignment({ brokers: [0, 1, 2, 3, 4], partitions: 20, replicationFactor: 5 });
    expect(new Set(lists.map((list) => list.slice(0, 2).join())).size).toBe(20);
  });

  const sizes = fc
    .record({ brokers: fc.integer({ min: 1, max: 12 }), partitions: fc.integer({ min: 0, max: 120 }) })
    .chain(({ brokers, partitions }) =>
      fc.record({
        brokers: fc.shuffledSubarray(
          Array.from({ length: 20 }, (_, id) => id),
          { minLength: brokers, maxLength: brokers },
        ),
        partitions: fc.constant(partitions),
        replicationFactor: fc.integer({ min: 1, max: brokers }),
      }),
    );

  test('every partition has as many different replicas as asked for', () => {
    fc.assert(
      fc.property(sizes, (input) => {
        const lists = balancedAssignment(input);
        expect(lists).toHaveLength(input.partitions);
        for (const list of lists) {
          expect(new Set(list).size).toBe(input.replicationFactor);
          expect(input.brokers).toEqual(expect.arrayContaining(list));
        }
      }),
    );
  });

  test('no broker leads or holds two more than another', () => {
    fc.assert(
      fc.property(sizes, (input) => {
        const lists = balancedAssignment(input);
        expect(leadershipSpread(lists, input.brokers, [])).toBeLessThanOrEqual(1);
        expect(
          spread(input.brokers.map((id) => lists.filter((list) => list.includes(id)).length)),
        ).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('where every broker holds every partition, one loss leaves leadership even and two nearly so', () => {
    fc.assert(
      fc.property(sizes, ({ brokers, partitions }) => {
        const lists = balancedAssignment({ brokers, partitions, replicationFactor: brokers.length });
        const lossesToBear = Math.min(2, Math.floor((brokers.length - 1) / 2));
        for (const lost of lossesUpTo(lossesToBear, brokers)) {
          expect(leadershipSpread(lists, brokers, lost)).toBeLessThanOrEqual(lost.length === 2 ? 2 : 1);
        }
      }),
    );
  });

  test('no rack holds more of a partition than it must', () => {
    const brokers = [0, 1, 2, 3, 4, 5];
    const racks = new Map(brokers.map((id) => [id, `zone-${id % 3}`]));
    for (const replicationFactor of [3, 4, 5]) {
      const lists = balancedAssignment({ brokers, partitions: 60, replicationFactor, racks });
      for (const list of lists) expect(mostInOneRack(list, racks)).toBe(Math.ceil(replicationFactor / 3));
      expect(
        spread(brokers.map((id) => lists.filter((list) => list.includes(id)).length)),
      ).toBeLessThanOrEqual(1);
    }
  });

  test('a rack of one broker makes the other rack hold more', () => {
    const racks = new Map([
      [0, 'a'],
      [1, 'b'],
      [2, 'b'],
      [3, 'b'],
    ]);
    const lists = balancedAssignment({ brokers: [0, 1, 2, 3], partitions: 12, replicationFactor: 3, racks });
    for (const list of lists) expect(list).toContain(0);
  });

  test('more replicas than brokers are refused', () => {
    expect(() => balancedAssignment({ brokers: [0, 1], partitions: 1, replicationFactor: 3 })).toThrow(
      RangeError,
    );
  });

  function leadershipSpread(
    lists: readonly number[][],
    brokers: readonly number[],
    lost: readonly number[],
  ): number {
    const leaders = lists.map((list) => list.find((id) => !lost.includes(id)));
    const left = brokers.filter((id) => !lost.includes(id));
    return spread(left.map((id) => leaders.filter((leader) => leader === id).length));
  }

  function spread(counts: readonly number[]): number {
    return Math.max(...counts) - Math.min(...counts);
  }

  function lossesUpTo(most: number, brokers: readonly number[]): number[][] {
    const one = brokers.map((id) => [id]);
    const two = brokers.flatMap((a, index) => brokers.slice(index + 1).map((b) => [a, b]));
    return [[], ...(most >= 1 ? one : []), ...(most >= 2 ? two : [])];
  }

  function mostInOneRack(list: readonly number[], racks: ReadonlyMap<number, string>): number {
    return Math.max(...list.map((id) => list.filter((other) => racks.get(other) === racks.get(id)).length));
  }
});
