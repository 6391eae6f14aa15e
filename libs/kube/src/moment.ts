import type { Clock } from '@kafka-ha/base';

/** An instant on both clocks: one of them stands still while a machine sleeps, the other one may be set. */
export type Moment = { now: number; wallTime: number };

export function momentOf(clock: Clock): Moment {
  return { now: clock.now(), wallTime: clock.wallTime() };
}

/** Milliseconds since then, by the clock that has gone further. */
export function elapsedSince(clock: Clock, { now, wallTime }: Moment): number {
  return Math.max(clock.now() - now, clock.wallTime() - wallTime);
}
