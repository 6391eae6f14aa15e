import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { takeLock, withLock } from './lock.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'lock-')), 'locks', 'one');

function aJob(signal = new AbortController().signal) {
  const said: string[] = [];
  return { said, say: (detail: string) => void said.push(detail), log: '/dev/null', signal };
}

describe('lock', () => {
  test('whoever comes second waits, and says for what', async () => {
    const file = newFile();
    const order: string[] = [];
    const first = await takeLock(file, 'busy', aJob());
    const context = aJob();
    const second = withLock(file, 'busy', context, async () => void order.push('second'));
    await sleep(500);
    order.push('first');
    await first.release();
    await second;
    expect(order).toEqual(['first', 'second']);
    expect(context.said).toEqual(['busy']);
  });

  test('work that fails frees the lock', async () => {
    const file = newFile();
    const failing = withLock(file, 'busy', aJob(), () => Promise.reject(new Error('broke')));
    await expect(failing).rejects.toThrow('broke');
    await (await takeLock(file, 'busy', aJob())).release();
  });

  test('whoever is stopped while waiting has not the lock, and nobody waits for it', async () => {
    const file = newFile();
    const first = await takeLock(file, 'busy', aJob());
    const controller = new AbortController();
    const waiting = takeLock(file, 'busy', aJob(controller.signal));
    setTimeout(() => controller.abort(), 50);
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    await first.release();
    await (await takeLock(file, 'busy', aJob())).release();
  });

  test('a lock that is got in the moment of being stopped is let go of', async () => {
    const file = newFile();
    for (const ms of [0, 1, 2, 3, 4, 5, 6, 8, 10]) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), ms);
      const lock = await takeLock(file, 'busy', aJob(controller.signal)).catch(() => undefined);
      await lock?.release();
    }
    await (await takeLock(file, 'busy', aJob())).release();
  });

  test('whoever was stopped before does not even try', async () => {
    const file = newFile();
    const held = await takeLock(file, 'busy', aJob());
    await expect(takeLock(file, 'busy', aJob(AbortSignal.abort()))).rejects.toMatchObject({
      code: 'aborted',
    });
    await held.release();
  });
});
