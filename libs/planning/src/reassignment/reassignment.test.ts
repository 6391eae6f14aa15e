import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { balancedAssignment } from '../index.ts';
import { lowerBound } from './lower-bound.ts';
import { placementProblem, type ReassignmentInput } from './placement-problem.ts';
import { placeByMarkets } from './place-by-markets.ts';
import { placePairByPair } from './place-pair-by-pair.ts';
import { placeReplicas } from './place-replicas.ts';
import { reassignment } from './reassignment.ts';
import { anyReassignment, inputAfter, listsAfter, spreadOf } from './testing.ts';

const leader = (list: readonly number[]) => list.slice(0, 1);
const all = (list: readonly number[]) => list;

describe('reassignment', () => {
  test('in 2,000 cases what is moved is the lower bound, and replicas and leaders are even', () => {
    const cases = anyReassignment({ brokers: 9, topics: 4, partitions: 14, racks: 0 });
    fc.assert(
      fc.property(cases, (input) => {
        const plan = reassignment(input);
        expect(plan.movedWeight).toBe(plan.lowerBound);
        const lists = listsAfter(input, plan);
        const spreads = [...lists, lists.flat()].flatMap((ofTopic) => [
          spreadOf(ofTopic, input.brokers, all),
          spreadOf(ofTopic, input.brokers, leader),
        ]);
        expect(Math.max(...spreads)).toBeLessThanOrEqual(1);
        expectWhole(input, lists);
      }),
      { numRuns: 2000 },
    );
  }, 120_000);

  test('with racks, whatever their sizes, the bound is met and no rack holds more of a partition than it must', () => {
    fc.assert(
      fc.property(anyReassignment({ brokers: 9, topics: 3, partitions: 14, racks: 4 }), (input) => {
        const plan = reassignment(input);
        expect(plan.movedWeight).toBe(plan.lowerBound);
        const lists = listsAfter(input, plan);
        expectWhole(input, lists);
        const limit = mostInOneRackAtLeast(input);
        const most = Math.max(0, ...lists.flat().map((list) => mostInOneRack(list, input)));
        expect(most).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  test('in small cases no even placement moves less, of all that there are', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyReassignment({ brokers: 5, topics: 2, partitions: 3, racks: 0 }), (input) => {
        fc.pre(input.topics.flatMap(({ partitions }) => partitions).length <= 5);
        expect(reassignment(input).movedWeight).toBe(leastByTryingAll(input));
        compared++;
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(200);
  }, 60_000);

  test('by markets no more is moved than pair by pair, and they settle most cases', () => {
    let settled = 0;
    fc.assert(
      fc.property(anyReassignment({ brokers: 9, topics: 3, partitions: 14, racks: 4 }), (input) => {
        const problem = placementProblem(input);
        const placement = placeByMarkets(problem);
        if (placement === undefined) return;
        expect(placement.moved).toBe(placePairByPair(problem).moved);
        settled++;
      }),
      { numRuns: 300 },
    );
    expect(settled).toBeGreaterThan(150);
  });

  test('no prices, however wrong, give a bound above what has to be moved', () => {
    const price = fc.integer({ min: -50, max: 50 });
    const prices = fc.record({ ofAll: fc.array(price), ofTopics: fc.array(fc.array(price)) });
    fc.assert(
      fc.property(
        anyReassignment({ brokers: 6, topics: 3, partitions: 8, racks: 3 }),
        prices,
        (input, given) => {
          const problem = placementProblem(input);
          const toMap = (list: readonly number[] = []) =>
            new Map(input.brokers.map((id, at) => [id, list[at] ?? 0]));
          const bound = lowerBound(problem, {
            ofAll: toMap(given.ofAll),
            ofTopics: input.topics.map((_, index) => toMap(given.ofTopics[index])),
          });
          expect(bound).toBeLessThanOrEqual(placeReplicas(problem).moved);
        },
      ),
    );
  });

  test('done once, there is nothing left to do', () => {
    fc.assert(
      fc.property(anyReassignment({ brokers: 8, topics: 3, partitions: 12, racks: 3 }), (input) => {
        expect(reassignment(inputAfter(input, reassignment(input))).changes).toEqual([]);
      }),
    );
  });

  test('a fourth and fifth broker for three replicas get them without any being moved twice', () => {
    const lists = balancedAssignment({ brokers: [0, 1, 2], partitions: 20, replicationFactor: 3 });
    const plan = reassignment(anInput([0, 1, 2, 3, 4], 5, lists));
    expect(plan).toMatchObject({ movedReplicas: 40, lowerBound: 40 });
  });

  test('from five brokers with five replicas to three with three nothing is moved', () => {
    const lists = balancedAssignment({ brokers: [0, 1, 2, 3, 4], partitions: 20, replicationFactor: 5 });
    const plan = reassignment(anInput([0, 1, 2], 3, lists));
    expect(plan).toMatchObject({ movedReplicas: 0, lowerBound: 0 });
    expect(plan.changes).toHaveLength(20);
  });

  test('where every broker holds everything, any one loss leaves leadership even, and any two on five nearly so', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 40 }), (brokers, partitions) => {
        const ids = Array.from({ length: brokers }, (_, id) => id);
        const skewed = Array.from({ length: partitions }, () => ids);
        const input = anInput(ids, brokers, skewed);
        const lists = listsAfter(input, reassignment(input))[0]!;
        for (const lost of ids) {
          const left = ids.filter((id) => id !== lost);
          const next = (list: readonly number[]) => list.filter((id) => id !== lost).slice(0, 1);
          expect(spreadOf(lists, left, next)).toBeLessThanOrEqual(1);
          for (const second of brokers === 5 ? left : []) {
            const nextOfTwo = (list: readonly number[]) =>
              list.filter((id) => id !== lost && id !== second).slice(0, 1);
            const three = left.filter((id) => id !== second);
            expect(spreadOf(lists, three, nextOfTwo)).toBeLessThanOrEqual(2);
          }
        }
      }),
    );
  });

  test('where sizes are known, the small partitions are moved', () => {
    const partitions = [5, 1, 4, 2].map((gib, partition) => ({
      partition,
      replicas: [0],
      bytes: gib * 2 ** 30,
    }));
    const topics = [{ topic: 'events', replicationFactor: 1, partitions }];
    expect(reassignment({ brokers: [0, 1], topics })).toMatchObject({
      movedReplicas: 2,
      movedBytes: 3 * 2 ** 30,
      movedWeight: 3 * 1024,
      lowerBound: 3 * 1024,
    });
  });

  test('more replicas than brokers are refused', () => {
    expect(() => reassignment(anInput([0, 1], 3, [[0, 1, 2]]))).toThrow(RangeError);
  });

  function anInput(
    brokers: readonly number[],
    replicationFactor: number,
    lists: readonly (readonly number[])[],
  ): ReassignmentInput {
    const partitions = lists.map((replicas, partition) => ({ partition, replicas }));
    return { brokers, topics: [{ topic: 'events', replicationFactor, partitions }] };
  }

  function expectWhole({ topics, brokers }: ReassignmentInput, lists: readonly number[][][]): void {
    // One `expect` for all: each of them costs more than a plan.
    const broken = topics.flatMap(({ replicationFactor }, index) =>
      lists[index]!.filter(
        (list) =>
          list.length !== replicationFactor ||
          new Set(list).size !== replicationFactor ||
          !list.every((id) => brokers.includes(id)),
      ),
    );
    expect(broken).toEqual([]);
  }

  /** Every choice of brokers for every partition; of those that are even, per topic and in all, the least that is moved. */
  function leastByTryingAll({ topics, brokers }: ReassignmentInput): number {
    const partitions = topics.flatMap(({ topic, replicationFactor, partitions }) =>
      partitions.map(({ replicas, bytes = 0 }) => ({ topic, replicationFactor, replicas, bytes })),
    );
    const even = (sets: readonly number[][]) => spreadOf(sets, brokers, all) <= 1;
    let least = Infinity;
    const tryFrom = (index: number, sets: readonly number[][], moved: number): void => {
      if (moved >= least) return;
      const next = partitions[index];
      if (next !== undefined) {
        const weight = Math.max(1, Math.ceil(next.bytes / 2 ** 20));
        for (const set of subsets(brokers, next.replicationFactor)) {
          const comes = set.filter((id) => !next.replicas.includes(id)).length;
          tryFrom(index + 1, [...sets, set], moved + comes * weight);
        }
        return;
      }
      const ofTopic = (topic: string) => sets.filter((_, at) => partitions[at]!.topic === topic);
      if (even(sets) && topics.every(({ topic }) => even(ofTopic(topic)))) least = moved;
    };
    tryFrom(0, [], 0);
    return least;
  }

  function subsets(ids: readonly number[], size: number): number[][] {
    if (size === 0) return [[]];
    return ids.flatMap((id, at) => subsets(ids.slice(at + 1), size - 1).map((rest) => [id, ...rest]));
  }

  function mostInOneRack(list: readonly number[], { racks }: ReassignmentInput): number {
    if (racks === undefined) return 0;
    return Math.max(...list.map((id) => list.filter((other) => racks.get(other) === racks.get(id)).length));
  }

  function mostInOneRackAtLeast({ brokers, topics, racks }: ReassignmentInput): number {
    if (racks === undefined) return 0;
    const factor = topics[0]?.replicationFactor ?? 1;
    return Math.min(...subsets(brokers, factor).map((set) => mostInOneRack(set, { brokers, topics, racks })));
  }
});
