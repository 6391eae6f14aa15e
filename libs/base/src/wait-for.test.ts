import { describe, expect, test } from '@jest/globals';
import { fakeClock } from './testing.ts';
import { waitFor } from './wait-for.ts';

describe('waitFor', () => {
  test('it gives what the probe found, and probes no more', async () => {
    const clock = fakeClock();
    let probes = 0;
    const found = await waitFor('it', async () => (++probes === 3 ? 'found' : undefined), {
      deadlineMs: 60_000,
      intervalMs: 500,
      clock,
    });
    expect({ found, probes, slept: clock.slept }).toEqual({ found: 'found', probes: 3, slept: [500, 500] });
  });

  test('a probe may say yes or no', async () => {
    let probes = 0;
    await waitFor('it', async () => ++probes === 3, { deadlineMs: 60_000, clock: fakeClock() });
    expect(probes).toBe(3);
  });

  test('the deadline names what was waited for, as of then', async () => {
    let seen = 0;
    const pending = waitFor(
      () => `the tenth, ${seen} seen`,
      async () => void seen++,
      {
        deadlineMs: 2500,
        clock: fakeClock(),
      },
    );
    await expect(pending).rejects.toMatchObject({
      code: 'deadline-exceeded',
      message: 'Waited 3 s for the tenth, 4 seen.',
    });
  });

  test('a probe that hangs is ended at the deadline by its signal', async () => {
    const hanging = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('cut'))));
    await expect(waitFor('it', hanging, { deadlineMs: 10 })).rejects.toMatchObject({
      code: 'deadline-exceeded',
    });
  });

  test('what the probe throws passes through', async () => {
    const broken = async () => {
      throw new Error('broken');
    };
    await expect(waitFor('it', broken, { deadlineMs: 1000 })).rejects.toThrow('broken');
  });

  test('it stops on the signal while it waits', async () => {
    const controller = new AbortController();
    const pending = waitFor('it', async () => undefined, { deadlineMs: 60_000, signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(pending).rejects.toMatchObject({ code: 'aborted' });
  });
});
