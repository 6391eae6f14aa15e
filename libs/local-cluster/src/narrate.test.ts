import { describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { elapsed, narrate, type Say } from './narrate.ts';

const never = new AbortController().signal;

async function follow(
  work: (say: Say, signal: AbortSignal) => Promise<string>,
): Promise<{ said: string[]; result: string }> {
  const said: string[] = [];
  const narration = narrate(work, never);
  for (;;) {
    const { done, value } = await narration.next();
    if (done) return { said, result: value };
    said.push(value);
  }
}

describe('narrate', () => {
  test('what work says is told as it happens, and what it returns at the end', async () => {
    const { said, result } = await follow(async (say) => {
      say('one');
      await sleep(300);
      say('two');
      await sleep(300);
      return 'done';
    });
    expect(said).toEqual(['one', 'two']);
    expect(result).toBe('done');
  });

  test('of what is said in one breath only the last is told', async () => {
    const { said } = await follow(async (say) => {
      for (let n = 0; n < 1000; n++) say(`${n}`);
      await sleep(50);
      return '';
    });
    expect(said).toEqual(['999']);
  });

  test('silent work is said to be still at it, with the time it has taken', async () => {
    const { said } = await follow(async (say) => {
      say('linking');
      await sleep(3_500);
      return '';
    });
    expect(said[0]).toBe('linking');
    // Which seconds it comes to say depends on the machine.
    expect(said.slice(1)).toContainEqual(expect.stringMatching(/^linking \([23] s\)$/));
  });

  test('the error of work is thrown', async () => {
    await expect(follow(() => Promise.reject(new Error('broke')))).rejects.toThrow('broke');
  });

  test('work that nobody follows any longer is stopped and waited for', async () => {
    let stopped = false;
    const narration = narrate(async (say, signal) => {
      say('started');
      await sleep(60_000, undefined, { signal }).catch(() => undefined);
      stopped = true;
    }, never);
    expect(await narration.next()).toEqual({ done: false, value: 'started' });
    await narration.return(undefined);
    expect(stopped).toBe(true);
  });

  test.each([
    [900, '1 s'],
    [59_400, '59 s'],
    [60_000, '1 min 0 s'],
    [249_000, '4 min 9 s'],
  ])('%d ms is %s', (ms, text) => {
    expect(elapsed(ms)).toBe(text);
  });
});
