import { describe, expect, test } from '@jest/globals';
import { bound } from './bound.ts';

describe('bound', () => {
  test.each([
    [10, 0.2589],
    [60, 0.0487],
    [100, 0.0295],
    [300, 0.0099],
    [3000, 0.000998],
  ])('no loss in %i faults bounds the probability at %f', (faults, expected) => {
    expect(bound(faults, 0)).toBeCloseTo(expected, 4);
  });

  // Reference values: the exact binomial tail, solved with Python's integers.
  test.each([
    [10, 1, 0.39416],
    [20, 3, 0.34366],
    [100, 2, 0.06162],
    [1000, 1, 0.00473],
  ])('%i faults with %i losses bound it at %f', (faults, losses, expected) => {
    expect(bound(faults, losses)).toBeCloseTo(expected, 4);
  });

  test('nothing drilled, or all lost, bounds nothing', () => {
    expect(bound(0, 0)).toBe(1);
    expect(bound(3, 3)).toBe(1);
  });
});
