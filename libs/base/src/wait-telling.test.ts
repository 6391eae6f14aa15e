import { describe, expect, test } from '@jest/globals';
import { KafkaHaError } from './kafka-ha-error.ts';
import { fakeClock } from './testing.ts';
import { waitTelling, type Look } from './wait-telling.ts';

const late = () => new KafkaHaError('deadline-exceeded', 'too late');

async function collect<T>(waiting: AsyncGenerator<string, T>): Promise<{ told: string[]; found: T }> {
  const told: string[] = [];
  for (;;) {
    const { done, value } = await waiting.next();
    if (done) return { told, found: value };
    told.push(value);
  }
}

/** One look after the other; the last one again and again. */
function looks<T>(...all: Look<T>[]): () => Promise<Look<T>> {
  return async () => (all.length > 1 ? all.shift() : all[0])!;
}

describe('a wait that tells', () => {
  test('tells what is missing once, until that is something else, and ends with what was found', async () => {
    const clock = fakeClock();
    const [two, one] = ['two left', 'one left'].map((missing) => ({ missing, late }));
    const look = looks<string>(two!, two!, one!, { found: 'all' });
    const result = await collect(waitTelling(look, { deadlineMs: 60_000, intervalMs: 500, clock }));
    expect(result).toEqual({ told: ['two left', 'one left'], found: 'all' });
    expect(clock.slept).toEqual([500, 500, 500]);
  });

  test('throws the last look’s own error at the deadline', async () => {
    const clock = fakeClock();
    const waiting = waitTelling(looks({ missing: 'it', late }), { deadlineMs: 2500, clock });
    await expect(collect(waiting)).rejects.toThrow('too late');
    expect(clock.slept).toEqual([1000, 1000, 500]);
  });

  test('counts its time from the last headway', async () => {
    const clock = fakeClock();
    const headway = { missing: 'it', late, time: 'begins anew' } as const;
    const look = looks(headway, headway, headway, { missing: 'it', late });
    await expect(collect(waitTelling(look, { deadlineMs: 1500, clock }))).rejects.toThrow('too late');
    expect(clock.now()).toBe(2000 + 1500);
  });

  test('does not count the time in which what it waits for is busy', async () => {
    const clock = fakeClock();
    const busy = { missing: 'it', late, time: 'stands still' } as const;
    const look = looks(busy, busy, { missing: 'it', late });
    await expect(collect(waitTelling(look, { deadlineMs: 1500, clock }))).rejects.toThrow('too late');
    expect(clock.now()).toBe(2000 + 1500);
  });

  test('keeps its pause where little time is left of one that stands still', async () => {
    const clock = fakeClock();
    const counted = { missing: 'it', late } as const;
    const busy = { ...counted, time: 'stands still' } as const;
    const look = looks(counted, busy, busy, counted);
    await expect(collect(waitTelling(look, { deadlineMs: 1010, clock }))).rejects.toThrow('too late');
    expect(clock.slept).toEqual([1000, 1000, 1000, 10]);
  });

  test('stops on the signal between two looks', async () => {
    const controller = new AbortController();
    const look = async () => {
      controller.abort();
      return { missing: 'it', late };
    };
    const waiting = waitTelling(look, { deadlineMs: 60_000, signal: controller.signal });
    await expect(collect(waiting)).rejects.toMatchObject({ code: 'aborted' });
  });
});
