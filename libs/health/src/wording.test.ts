import { describe, expect, test } from '@jest/globals';
import { count } from '@kafka-ha/base';
import { numbered, ranges, sentence } from './wording.ts';

describe('wording', () => {
  test.each([
    [[], ''],
    [[4], '4'],
    [[5, 4], '4, 5'],
    [[0, 1, 2, 7, 9, 10], '0-2, 7, 9, 10'],
  ])('%j reads as "%s"', (numbers, text) => {
    expect(ranges(numbers)).toBe(text);
  });

  test('nouns follow their number', () => {
    expect([count(1, 'pod'), count(2, 'pod'), numbered('broker', [3]), numbered('broker', [3, 1])]).toEqual([
      '1 pod',
      '2 pods',
      'broker 3',
      'brokers 1, 3',
    ]);
  });

  test('what others report becomes a sentence', () => {
    expect([sentence('connection refused'), sentence('Timed out.\n'), sentence('a b')]).toEqual([
      'Connection refused.',
      'Timed out.',
      'A b.',
    ]);
    expect(sentence('events-controller-2:9093: no connection')).toBe(
      'events-controller-2:9093: no connection.',
    );
  });
});
