import { setTimeout as sleep } from 'node:timers/promises';
import { KafkaHaError } from '@kafka-ha/base';
import { aborted } from './run-command.ts';

/** `what` as a function is asked at the deadline, and can so tell what is still missing. */
export type Wait = { what: string | (() => string); seconds: number; signal: AbortSignal; everyMs?: number };

/** Asks again and again until the answer is not undefined. Throws `deadline-exceeded`, which names what was awaited. */
export async function waitUntil<Answer>(
  { what, seconds, signal, everyMs = 100 }: Wait,
  ask: () => Promise<Answer | undefined> | Answer | undefined,
): Promise<Answer> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (signal.aborted) throw aborted(signal);
    if (Date.now() > deadline) {
      const missing = typeof what === 'string' ? what : what();
      throw new KafkaHaError('deadline-exceeded', `waited ${seconds} s for ${missing}`);
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
