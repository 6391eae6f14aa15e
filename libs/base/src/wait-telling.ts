import { systemClock } from './clock.ts';
import type { KafkaHaError } from './kafka-ha-error.ts';
import type { WaitOptions } from './wait-for.ts';

/** What a look has found; or what is still missing, and the error that this is at the deadline. */
export type Look<T> =
  | { found: T }
  | {
      missing: string;
      late: () => KafkaHaError | Promise<KafkaHaError>;
      /** What it means for the deadline: headway has the time begin anew, what takes its own time has it stand still. */
      time?: 'begins anew' | 'stands still' | undefined;
    };

/**
 * As `waitFor`, for what takes so long that a person wants to be told: tells what is missing whenever that is something
 * else, and ends with what was found.
 *
 * @throws KafkaHaError the last look's own at the deadline, `aborted`, and whatever a look throws.
 */
export async function* waitTelling<T>(
  look: () => Promise<Look<T>>,
  { deadlineMs, intervalMs = 1000, signal, clock = systemClock }: WaitOptions,
): AsyncGenerator<string, T> {
  let until = clock.now() + deadlineMs;
  let told: string | undefined;
  for (;;) {
    const askedAt = clock.now();
    const seen = await look();
    if ('found' in seen) return seen.found;
    if (seen.missing !== told) yield seen.missing;
    told = seen.missing;
    if (seen.time === 'begins anew') until = clock.now() + deadlineMs;
    const leftMs = until - clock.now();
    if (leftMs <= 0) throw await seen.late();
    // While the time stands still, what is left of it never ends the wait.
    const isCounted = seen.time !== 'stands still';
    await clock.sleep(isCounted ? Math.min(intervalMs, leftMs) : intervalMs, signal);
    if (!isCounted) until += clock.now() - askedAt;
  }
}
