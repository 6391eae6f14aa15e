import { systemClock, throwIfAborted, type Clock } from '@kafka-ha/base';

/**
 * For fractions of a second: an abort is seen at its end. Many wait on one signal at once, and a listener for each
 * would have Node warn of a leak.
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await systemClock.sleep(ms);
  throwIfAborted(signal);
}

/** Of waits that pause so. */
export const pausingClock: Clock = { ...systemClock, sleep: pause };
