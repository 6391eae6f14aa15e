// eslint-disable-next-line no-restricted-imports -- The one place.
import { setTimeout as delay } from 'node:timers/promises';
import { abortedError } from './kafka-ha-error.ts';

/** Injected, so that tests of waiting need not wait. */
export type Clock = {
  /** Milliseconds that only ever grow: for durations. */
  now(): number;
  /** Milliseconds since 1970: for timestamps that others read. */
  wallTime(): number;
  /** Resolves after `ms`; rejects with `aborted` as soon as the signal fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export const systemClock: Clock = {
  now: () => performance.now(),
  // eslint-disable-next-line no-restricted-properties -- The one place.
  wallTime: () => Date.now(),
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, { signal });
    } catch {
      throw abortedError(signal);
    }
  },
};
