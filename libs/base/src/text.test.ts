import { describe, expect, test } from '@jest/globals';
import { count, durationText } from './index.ts';

describe('a count', () => {
  test.each([
    [count(0, 'finding'), '0 findings'],
    [count(1, 'finding'), '1 finding'],
    [count(2, 'finding'), '2 findings'],
    [count(12_400, 'record'), '12,400 records'],
    [count(1, 'may', 'may'), '1 may'],
  ])('is written as %j', (written, expected) => {
    expect(written).toBe(expected);
  });
});

describe('a duration', () => {
  test.each([
    [400, '0.4 s'],
    [12_300, '12 s'],
    [200_000, '3 min 20 s'],
    // Rounded before it is taken apart: never 60 s.
    [239_700, '4 min 0 s'],
  ])('of %d ms is %j', (ms, expected) => {
    expect(durationText(ms)).toBe(expected);
  });
});
