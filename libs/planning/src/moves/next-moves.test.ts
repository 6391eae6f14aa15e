import { describe, expect, test } from '@jest/globals';
import type { ReplicaChange } from '../reassignment/reassignment.ts';
import { nextMoves } from './next-moves.ts';

describe('nextMoves', () => {
  test('a broker takes eight partitions at a time; others are not held up by it', () => {
    const waiting = [...Array.from({ length: 20 }, (_, partition) => move(partition, [3])), move(20, [4])];
    const started = nextMoves(waiting, scene({ leaders: waiting.map(() => 0) }));
    expect(started.filter(({ adding }) => adding.includes(3))).toHaveLength(8);
    expect(started.filter(({ adding }) => adding.includes(4))).toHaveLength(1);
  });

  test('what is under way counts', () => {
    const ongoing = Array.from({ length: 7 }, (_, partition) => move(partition, [3]));
    const waiting = [move(7, [3]), move(8, [3]), move(9, [3, 4])];
    const started = nextMoves(waiting, scene({ leaders: Array.from({ length: 10 }, () => 0), ongoing }));
    expect(started.map(({ partition }) => partition)).toEqual([7]);
  });

  test('they come from different senders, of each the largest first, and then small ones', () => {
    const leaders = [...Array.from({ length: 12 }, () => 0), 1, 2, 2];
    const waiting = leaders.map((_, partition) => move(partition, [3], partition));
    const started = nextMoves(waiting, scene({ leaders }));
    expect(started.map(({ partition }) => partition)).toEqual([14, 12, 11, 0, 13, 1, 2, 3]);
  });

  test('a move that only drops replicas waits for nobody', () => {
    const waiting = Array.from({ length: 20 }, (_, partition) => move(partition, []));
    expect(nextMoves(waiting, scene({ leaders: waiting.map(() => 0) }))).toHaveLength(20);
  });

  test('a partition without a leader, or with a replica that is not in sync, waits', () => {
    const { partitions, ...rest } = scene({ leaders: [0, 1, 2] });
    const [sound, leaderless, behind] = partitions;
    const found = [sound!, { ...leaderless!, leader: null }, { ...behind!, missing: [2] }];
    const waiting = found.map((_, partition) => move(partition, [3]));
    const started = nextMoves(waiting, { ...rest, partitions: found });
    expect(started.map(({ partition }) => partition)).toEqual([0]);
  });

  test('a move to a broker that is away waits', () => {
    const { brokers, ...rest } = scene({ leaders: [0, 0] });
    const living = new Map([...brokers].filter(([id]) => id !== 3));
    const started = nextMoves([move(0, [3]), move(1, [4])], { ...rest, brokers: living });
    expect(started.map(({ partition }) => partition)).toEqual([1]);
  });

  test('in a larger cluster each sender has one under way', () => {
    const leaders = Array.from({ length: 30 }, (_, partition) => partition % 11);
    const waiting = leaders.map((_, partition) => move(partition, [11]));
    const started = nextMoves(waiting, scene({ leaders, brokers: 12 }));
    expect(new Set(started.map(({ partition }) => leaders[partition]))).toEqual(new Set(leaders));
  });

  function scene({
    leaders,
    ongoing = [],
    brokers = 5,
  }: {
    leaders: readonly number[];
    ongoing?: readonly ReplicaChange[];
    brokers?: number;
  }) {
    return {
      brokers: new Map(Array.from({ length: brokers }, (_, id) => [id, null])),
      partitions: leaders.map((leader, partition) => {
        return { topic: 'events', partition, leader, replicas: [leader], missing: [] };
      }),
      ongoing: ongoing.map(({ topic, partition, replicas, adding, removing }) => {
        return { topic, partition, replicas, adding, removing };
      }),
    };
  }

  function move(partition: number, adding: readonly number[], bytes = 100): ReplicaChange {
    return { topic: 'events', partition, replicas: [0, ...adding], adding, removing: [], bytes };
  }
});
