import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { planMoves } from './plan-moves.ts';
import type { LogSizes, Replicas } from './replicas.ts';
import { usualFactor } from './scale-plan.ts';

describe('planMoves', () => {
  test('a topic that no file knows is moved like any other, and so are the internal ones', () => {
    const replicas = onBrokers(5, { 'of-nobody': [[2, 3, 4]], __consumer_offsets: [[4, 3, 0]] });
    const { changes } = planMoves(aSpec({ brokers: 3, tolerance: 1 }), replicas, new Map());
    expect(changes.map(({ topic }) => topic).sort()).toEqual(['__consumer_offsets', 'of-nobody']);
    for (const change of changes) expect([...change.replicas].sort()).toEqual([0, 1, 2]);
  });

  test('every topic gets as many replicas as the spec says, also one that had fewer', () => {
    const replicas = onBrokers(5, { events: [[0, 1, 2, 3, 4]], careless: [[3]] });
    const { changes, movedReplicas } = planMoves(aSpec(), replicas, new Map());
    expect(changes).toMatchObject([{ topic: 'careless', adding: expect.arrayContaining([0, 1, 2, 4]) }]);
    expect(movedReplicas).toBe(4);
  });

  test('the racks count once every broker has told its own', () => {
    const spec = aSpec({ brokers: 4, tolerance: 1 });
    const apart = (known: number) =>
      planMoves(
        spec,
        { ...onBrokers(4, { events: [[0, 1, 2]] }), brokers: racks(['a', 'a', 'b', 'c'], known) },
        new Map(),
      ).changes;
    expect(apart(3)).toEqual([]);
    expect(apart(4)).toMatchObject([{ adding: [3] }]);
  });

  test('a log is as large as its largest copy: one that is being copied is not whole yet', () => {
    const sizes: LogSizes = new Map([
      [0, new Map([['events-0', 5000]])],
      [1, new Map([['events-0', 20]])],
    ]);
    const replicas = onBrokers(5, { events: [[0, 1, 2]] });
    expect(planMoves(aSpec(), replicas, sizes).movedBytes).toBe(10_000);
  });

  test('what most partitions have is the replication factor of the cluster', () => {
    expect(
      usualFactor(
        onBrokers(5, {
          events: [
            [0, 1, 2],
            [1, 2, 3],
          ],
          careless: [[3]],
        }),
      ),
    ).toBe(3);
  });

  function onBrokers(count: number, topics: Record<string, number[][]>): Replicas {
    return {
      brokers: new Map(Array.from({ length: count }, (_, id) => [id, null])),
      ongoing: [],
      partitions: Object.entries(topics).flatMap(([topic, lists]) =>
        lists.map((replicas, partition) => ({
          topic,
          partition,
          replicas,
          leader: replicas[0]!,
          missing: [],
        })),
      ),
    };
  }

  function racks(names: readonly string[], known: number): ReadonlyMap<number, string | null> {
    return new Map(names.map((rack, id) => [id, id < known ? rack : null]));
  }
});
