import { systemClock } from './clock.ts';
import type { WaitOptions } from './wait-for.ts';

/**
 * Reads again and again until a reading is enough, and returns that; at the deadline the last one as it is. For what is no
 * error where it does not come in time, or is one of the caller's own.
 *
 * @throws KafkaHaError `aborted`, and whatever the reading throws.
 */
export async function readUntil<T>(
  read: () => Promise<T>,
  isEnough: (reading: T) => boolean,
  { deadlineMs, intervalMs = 1000, signal, clock = systemClock }: WaitOptions,
): Promise<T> {
  const until = clock.now() + deadlineMs;
  for (;;) {
    const reading = await read();
    const leftMs = until - clock.now();
    if (isEnough(reading) || leftMs <= 0) return reading;
    await clock.sleep(Math.min(intervalMs, leftMs), signal);
  }
}
