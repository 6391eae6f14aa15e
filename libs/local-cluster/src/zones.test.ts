import { describe, expect, test } from '@jest/globals';
import { zoneOf } from './zones.ts';

describe('zones', () => {
  test('workers go through the zones in turn', () => {
    expect([1, 2, 3, 4, 5].map((worker) => zoneOf(worker, 3))).toEqual([
      'zone-a',
      'zone-b',
      'zone-c',
      'zone-a',
      'zone-b',
    ]);
    expect([1, 2].map((worker) => zoneOf(worker, 1))).toEqual(['zone-a', 'zone-a']);
  });
});
