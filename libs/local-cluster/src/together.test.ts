import { describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { together } from './together.ts';

const context = { say: () => undefined, log: '/dev/null', signal: new AbortController().signal };

describe('together', () => {
  test('results come in the order of the works', async () => {
    const works = [30, 10, 20].map((ms) => async () => {
      await sleep(ms);
      return ms;
    });
    expect(await together(context, works)).toEqual([30, 10, 20]);
  });

  test('the first failure stops the others, and is thrown when they have ended', async () => {
    let ended = false;
    const long = async ({ signal }: { signal: AbortSignal }) => {
      await sleep(60_000, undefined, { signal }).catch(() => undefined);
      await sleep(20);
      ended = true;
    };
    await expect(together(context, [long, () => Promise.reject(new Error('first'))])).rejects.toThrow(
      'first',
    );
    expect(ended).toBe(true);
  });
});
