import { setTimeout as delay } from 'node:timers/promises';
import { KafkaHaError } from '@kafka-ha/errors';

/** Throws `aborted` as soon as the signal fires. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (cause) {
    throw aborted(cause);
  }
}

export function aborted(cause: unknown): KafkaHaError {
  return new KafkaHaError('aborted', 'stopped while talking to Kafka', { cause });
}
