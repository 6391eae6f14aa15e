import { describe, expect, test } from '@jest/globals';
import { KafkaHaError, messageOf, toKafkaHaError } from './index.ts';

describe('to error', () => {
  test('an error of this project passes through unchanged', () => {
    const error = new KafkaHaError('not-found', 'no such topic', { hint: 'Create it.' });
    expect(toKafkaHaError(error)).toBe(error);
  });

  test('any other error becomes a defect that keeps its cause', () => {
    const cause = new TypeError('x is not a function');
    expect(toKafkaHaError(cause)).toMatchObject({ code: 'internal', message: 'x is not a function', cause });
  });

  test.each([
    ['a string', 'a string'],
    [undefined, 'undefined'],
    [{ message: 'duck' }, 'duck'],
  ])('the message of %p is %p', (thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
  });
});
