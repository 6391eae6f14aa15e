import { describe, expect, test } from '@jest/globals';
import { KafkaHaError } from '@kafka-ha/base';
import { retryWhileUnreachable } from './retry-while-unreachable.ts';

const { signal } = new AbortController();
const away = () => new KafkaHaError('kafka-unreachable', 'broker 3 does not answer');

describe('retryWhileUnreachable', () => {
  test('what a broker that is away kept from being done is done when it is back', async () => {
    let attempts = 0;
    const once = () =>
      Promise.resolve(++attempts).then((count) => (count < 2 ? Promise.reject(away()) : 'done'));
    expect(await retryWhileUnreachable(once, signal)).toBe('done');
    expect(attempts).toBe(2);
  });

  test('a refusal is told at once', async () => {
    const refused = new KafkaHaError('kafka-refused', 'INVALID_CONFIG');
    await expect(retryWhileUnreachable(() => Promise.reject(refused), signal)).rejects.toBe(refused);
  });

  test('who was stopped has no patience', async () => {
    await expect(retryWhileUnreachable(() => Promise.reject(away()), AbortSignal.abort())).rejects.toThrow(
      'does not answer',
    );
  });
});
