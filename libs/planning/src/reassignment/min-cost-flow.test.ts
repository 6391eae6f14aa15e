import { describe, expect, test } from '@jest/globals';
import { minCostFlow } from './min-cost-flow.ts';

describe('minCostFlow', () => {
  test('the cheaper way is filled first', () => {
    const arcs = [
      { from: 0, to: 1, most: 2, cost: 1 },
      { from: 0, to: 1, most: 5, cost: 3 },
    ];
    expect([...minCostFlow({ supplies: [4, -4], arcs }).units]).toEqual([2, 2]);
  });

  test('the least that has to flow does, however dear', () => {
    const arcs = [
      { from: 0, to: 1, most: 4, cost: 1 },
      { from: 0, to: 1, least: 1, most: 4, cost: 100 },
    ];
    expect([...minCostFlow({ supplies: [4, -4], arcs }).units]).toEqual([3, 1]);
  });

  test('supplies that cannot get to where they end are an error', () => {
    const arcs = [{ from: 0, to: 1, most: 3, cost: 1 }];
    expect(() => minCostFlow({ supplies: [4, -4], arcs })).toThrow(RangeError);
  });

  test('nor can they where those that could take them are out of reach', () => {
    const arcs = [
      { from: 0, to: 1, most: 3, cost: 1 },
      { from: 1, to: 0, most: 3, cost: 1 },
      { from: 2, to: 3, most: 9, cost: 1 },
    ];
    expect(() => minCostFlow({ supplies: [2, 0, 0, -2], arcs })).toThrow(RangeError);
  });
});
