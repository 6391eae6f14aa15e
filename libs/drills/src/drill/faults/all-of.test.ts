import { describe, expect, test } from '@jest/globals';
import { KafkaHaError } from '@kafka-ha/base';
import { throwFirst } from './all-of.ts';

const first = new KafkaHaError('local-cluster-failed', 'node-1 did not start', {
  hint: 'Look.',
  details: ['its log'],
});

describe('throwFirst', () => {
  test('nothing is thrown where nothing failed, and what failed alone as it is', () => {
    expect(() => throwFirst([])).not.toThrow();
    expect(thrown([first])).toBe(first);
  });

  test('the others are named once each, beside what the first one says', () => {
    const other = new Error('node-2 did not start');
    expect(thrown([first, other, other])).toMatchObject({
      code: 'local-cluster-failed',
      message: 'node-1 did not start',
      hint: 'Look.',
      details: ['its log', 'node-2 did not start'],
    });
  });

  test('a defect stays one, and does not hide what else failed', () => {
    const defect = new TypeError('x is not a function');
    expect(thrown([defect])).toBe(defect);
    expect(thrown([defect, first])).toMatchObject({
      errors: [defect, first],
      message: 'x is not a function; node-1 did not start',
    });
  });

  function thrown(errors: readonly unknown[]): unknown {
    try {
      throwFirst(errors);
    } catch (error) {
      return error;
    }
    return undefined;
  }
});
