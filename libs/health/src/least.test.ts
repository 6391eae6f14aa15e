import { describe, expect, test } from '@jest/globals';
import { least } from './least.ts';

describe('least', () => {
  test('there may be a million partitions', () => {
    expect(least(Array.from({ length: 1_000_000 }, (_, number) => 5 + number))).toBe(5);
    expect(least([])).toBe(Infinity);
  });
});
