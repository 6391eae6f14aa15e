import { describe, expect, test } from '@jest/globals';
import { writeWith } from './write-with.ts';

const never = new AbortController().signal;

describe('writeWith', () => {
  test('a record goes to its partition, and its acknowledgement brings its offset', async () => {
    const asked: string[] = [];
    const write = writeWith({ ask: async (...command) => (asked.push(command.join(' ')), ['41']) });
    expect(await write(3, [Buffer.from('a')], never)).toEqual({ kind: 'acked', offset: 41 });
    expect(asked).toEqual(['send 3 YQ==']);
  });

  test('of several records at once none would be left out unseen', async () => {
    const write = writeWith({ ask: async () => ['41'] });
    const two = [Buffer.from('a'), Buffer.from('b')];
    await expect(write(3, two, never)).rejects.toThrow('takes a record a call');
  });

  test('what became of a record is open where the producer gives it up, or is given up', async () => {
    const failing = writeWith({ ask: async () => Promise.reject(new Error('TimeoutException: late')) });
    expect(await failing(3, [Buffer.from('a')], never)).toEqual({
      kind: 'unknown',
      error: 'TimeoutException: late',
    });
    const hanging = writeWith({ ask: async () => new Promise(() => undefined) });
    expect(await hanging(3, [Buffer.from('a')], AbortSignal.timeout(20))).toEqual({
      kind: 'unknown',
      error: 'no answer',
    });
  });
});
