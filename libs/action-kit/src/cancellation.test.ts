import { EventEmitter } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { onCancellation } from './cancellation.ts';

describe('cancellation', () => {
  test('SIGINT asks to stop and leaves time for the step to end', async () => {
    const { process, cancellation } = setUp();
    process.emit('SIGINT');
    expect(cancellation.signal.reason).toMatchObject({ code: 'aborted', message: 'cancelled' });
    await expect(Promise.race([cancellation.lastCall, later(1_300)])).resolves.toBe('later');
    cancellation.dispose();
  });

  test('SIGTERM leaves one second', async () => {
    const { process, cancellation } = setUp();
    process.emit('SIGTERM');
    expect(cancellation.signal.aborted).toBe(true);
    await expect(Promise.race([cancellation.lastCall, later(2_000)])).rejects.toMatchObject({
      code: 'aborted',
    });
    cancellation.dispose();
  });

  function setUp() {
    const process = new EventEmitter();
    return { process, cancellation: onCancellation(process) };
  }

  function later(ms: number): Promise<string> {
    return new Promise((resolve) => setTimeout(() => resolve('later'), ms));
  }
});
