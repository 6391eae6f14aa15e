import { describe, expect, test } from '@jest/globals';
import { KafkaHaError } from '@kafka-ha/base';
import { kafkajsError } from './kafkajs-error.ts';

describe('kafkajsError', () => {
  test.each<[string, Error, { code: string; message: string }]>([
    [
      'what a broker refuses, however often it was tried',
      anError('KafkaJSNumberOfRetriesExceeded', 'gave up', {
        cause: anError('KafkaJSProtocolError', 'too large', { type: 'MESSAGE_TOO_LARGE' }),
      }),
      { code: 'kafka-refused', message: 'events cannot be read: MESSAGE_TOO_LARGE (too large)' },
    ],
    [
      'a broker that is away',
      anError('KafkaJSConnectionError', 'Connection timeout', {}),
      { code: 'kafka-unreachable', message: 'events cannot be read: Connection timeout' },
    ],
    [
      'a compression that nobody here knows',
      anError('KafkaJSNotImplemented', 'ZSTD compression not implemented', {}),
      { code: 'missing-prerequisite', message: 'events cannot be read: records are compressed with ZSTD' },
    ],
    [
      'a defect',
      new TypeError('x is no function'),
      { code: 'internal', message: 'events cannot be read: x is no function' },
    ],
  ])('%s is said in the words of this project', (_, thrown, said) => {
    expect(kafkajsError('events cannot be read', thrown)).toMatchObject({ ...said, cause: thrown });
  });

  test('what is said already stays as it is', () => {
    const error = new KafkaHaError('aborted', 'stopped');
    expect(kafkajsError('events cannot be read', error)).toBe(error);
  });

  function anError(name: string, message: string, more: object): Error {
    return Object.assign(new Error(message), { name, ...more });
  }
});
