import { describe, expect, test } from '@jest/globals';
import { isRefusedBeforeAppend, isRetriable } from './errors.ts';

describe('errors', () => {
  test.each([2, 3, 5, 6, 7, 9, 19, 20, 56, 74, 75, 78])('a write refused with %i is tried again', (code) => {
    expect(isRetriable(code)).toBe(true);
  });

  test.each([-1, 1, 10, 17, 18, 29, 31, 45, 47, 59, 87])(
    'a write refused with %i is refused for good',
    (code) => {
      expect(isRetriable(code)).toBe(false);
    },
  );

  test('of what is tried again only a lack of replicas is surely not stored', () => {
    const codes = Array.from({ length: 90 }, (_, code) => code);
    expect(codes.filter((code) => isRetriable(code) && isRefusedBeforeAppend(code))).toEqual([19]);
  });
});
