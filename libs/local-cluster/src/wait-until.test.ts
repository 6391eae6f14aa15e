import { describe, expect, test } from '@jest/globals';
import { waitUntil } from './wait-until.ts';

const never = new AbortController().signal;

describe('waitUntil', () => {
  test('the first answer that is not undefined is returned', async () => {
    let asked = 0;
    const ask = () => (++asked === 3 ? 'yes' : undefined);
    expect(await waitUntil({ what: 'a yes', seconds: 5, signal: never, everyMs: 1 }, ask)).toBe('yes');
    expect(asked).toBe(3);
  });

  test('after the deadline, what was awaited is named', async () => {
    const waiting = waitUntil({ what: 'DNS', seconds: 0.02, signal: never, everyMs: 1 }, () => undefined);
    await expect(waiting).rejects.toMatchObject({
      code: 'deadline-exceeded',
      message: 'waited 0.02 s for DNS',
    });
  });

  test('an abort ends the wait at once', async () => {
    const controller = new AbortController();
    const waiting = waitUntil(
      { what: 'x', seconds: 60, signal: controller.signal, everyMs: 30_000 },
      () => undefined,
    );
    setTimeout(() => controller.abort(), 10);
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  });
});
