import { isKafkaHaError } from './to-error.ts';
import { KafkaHaError } from './kafka-ha-error.ts';

/**
 * What is thrown when the caller's signal fired: the signal's own reason where it says why, e.g. a lost lock or who
 * stopped it, else `aborted`.
 */
export function abortedError(signal: AbortSignal | undefined): KafkaHaError {
  const reason: unknown = signal?.reason;
  if (isKafkaHaError(reason)) return reason;
  return new KafkaHaError('aborted', 'stopped on request', { cause: reason });
}
