import { describe, expect, test } from '@jest/globals';
import { readyOf } from './ready-of.ts';

const nodes = (...ready: boolean[]) =>
  ready.map((one, index) => ({ name: `node-${index}`, ready: one, zone: null }));

describe('readyOf', () => {
  test('nodes that are not ready are not counted as if they were', () => {
    expect(readyOf(nodes(true))).toBe('1 node');
    expect(readyOf(nodes(true, true))).toBe('2 nodes');
    expect(readyOf(nodes(true, false, false))).toBe('1 of 3 nodes ready');
  });
});
