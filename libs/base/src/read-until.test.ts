import { describe, expect, test } from '@jest/globals';
import { readUntil } from './read-until.ts';
import { fakeClock } from './testing.ts';

describe('reading until it is enough', () => {
  test('gives the first reading that is, and reads no more', async () => {
    const clock = fakeClock();
    let reads = 0;
    const wait = { deadlineMs: 60_000, intervalMs: 500, clock };
    expect(
      await readUntil(
        async () => ++reads,
        (read) => read === 3,
        wait,
      ),
    ).toBe(3);
    expect({ reads, slept: clock.slept }).toEqual({ reads: 3, slept: [500, 500] });
  });

  test('gives the last reading at the deadline, which is not slept past', async () => {
    const clock = fakeClock();
    let reads = 0;
    const wait = { deadlineMs: 2500, intervalMs: 1000, clock };
    expect(
      await readUntil(
        async () => ++reads,
        () => false,
        wait,
      ),
    ).toBe(4);
    expect(clock.slept).toEqual([1000, 1000, 500]);
  });

  test('stops on the signal between two readings', async () => {
    const controller = new AbortController();
    const wait = { deadlineMs: 60_000, signal: controller.signal };
    const pending = readUntil(
      async () => controller.abort(),
      () => false,
      wait,
    );
    await expect(pending).rejects.toMatchObject({ code: 'aborted' });
  });
});
