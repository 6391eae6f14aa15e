import type { Clock } from '../clock.ts';

export type FakeClock = Clock & { slept: number[] };

/** A clock on which sleeping takes no time and moves it on. */
export function fakeClock(): FakeClock {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    wallTime: () => Date.UTC(2026, 0, 1) + now,
    async sleep(ms, signal) {
      if (signal?.aborted) throw signal.reason;
      slept.push(ms);
      now += ms;
    },
  };
}
