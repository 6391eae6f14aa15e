import { isKafkaHaError, KafkaHaError, readUntil } from '@kafka-ha/base';
import { aborted } from './run-command.ts';

/** `what` as a function is asked at the deadline, and can so tell what is still missing. */
export type Wait = { what: string | (() => string); seconds: number; signal: AbortSignal; everyMs?: number };

/**
 * Asks again and again until the answer is not undefined, as a local cluster waits: an abort says what cleans up after it.
 *
 * @throws KafkaHaError `deadline-exceeded`, which names what was awaited, `aborted`.
 */
export async function waitUntil<Answer>(
  { what, seconds, signal, everyMs = 100 }: Wait,
  ask: () => Promise<Answer | undefined> | Answer | undefined,
): Promise<Answer> {
  const wait = { deadlineMs: seconds * 1000, intervalMs: everyMs, signal };
  const answer = await readUntil(
    async () => ask(),
    (found) => found !== undefined,
    wait,
  ).catch((error: unknown) => {
    throw isKafkaHaError(error) && error.code === 'aborted' ? aborted(signal) : error;
  });
  if (answer !== undefined) return answer;
  const missing = typeof what === 'string' ? what : what();
  throw new KafkaHaError('deadline-exceeded', `waited ${seconds} s for ${missing}`);
}
