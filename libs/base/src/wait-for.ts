import { systemClock, type Clock } from './clock.ts';
import { KafkaHaError, throwIfAborted } from './kafka-ha-error.ts';

export type WaitOptions = {
  /** How long to wait at most, in milliseconds from now. */
  deadlineMs: number;
  /** Between the end of one probe and the start of the next. */
  intervalMs?: number;
  signal?: AbortSignal;
  clock?: Clock;
};

/** The last probe starts at the deadline and is still allowed this long. */
const lastProbeMs = 1000;

/**
 * Probes until the probe gives something other than undefined and false, and returns that. `what` names what is waited for; as a
 * function it is asked at the deadline, and can so tell what is still missing. The probe must heed its signal, which fires
 * at the deadline too.
 *
 * @throws KafkaHaError `deadline-exceeded`, `aborted`, and whatever the probe throws.
 */
export async function waitFor<T>(
  what: string | (() => string),
  probe: (signal: AbortSignal) => Promise<T | undefined | false>,
  { deadlineMs, intervalMs = 1000, signal, clock = systemClock }: WaitOptions,
): Promise<T> {
  const until = clock.now() + deadlineMs;
  const exceeded = () =>
    new KafkaHaError(
      'deadline-exceeded',
      `Waited ${Math.round(deadlineMs / 1000)} s for ${typeof what === 'string' ? what : what()}.`,
    );
  for (;;) {
    throwIfAborted(signal);
    const over = AbortSignal.timeout(Math.ceil(Math.max(until - clock.now(), lastProbeMs)));
    try {
      const found = await probe(signal === undefined ? over : AbortSignal.any([signal, over]));
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      if (over.aborted && !signal?.aborted) throw exceeded();
      throw error;
    }
    const leftMs = until - clock.now();
    if (leftMs <= 0) throw exceeded();
    await clock.sleep(Math.min(intervalMs, leftMs), signal);
  }
}
