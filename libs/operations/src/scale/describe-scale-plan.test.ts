import { describe, expect, test } from '@jest/globals';
import { describeMoves } from '@kafka-ha/report';

const throttle = { bytesPerSecond: 20e6, inflowBytesPerSecond: 5e6, mostBytes: 3e6, seconds: 0.2 };
const nothing = { changes: [], movedReplicas: 0, movedBytes: 0, movedWeight: 0, lowerBound: 0 };

describe('describe scale plan', () => {
  test('a plan says what it moves, that nothing moves less, and how long it takes', () => {
    const change = { topic: 'careless', partition: 0, replicas: [3, 0, 1, 2, 4], removing: [], bytes: 3e6 };
    const moves = {
      changes: [{ ...change, adding: [0, 1, 2, 4] }],
      movedReplicas: 4,
      movedBytes: 12e6,
      movedWeight: 12,
      lowerBound: 12,
    };
    expect(describeMoves({ moves, throttle })).toBe(
      '4 replicas to move: 11.4Mi, and no plan moves less, at most 20MB/s per broker in addition to an inflow of 5MB/s, about 200ms',
    );
    expect(describeMoves({ moves: nothing, throttle })).toBe('nothing to move');
  });
});
