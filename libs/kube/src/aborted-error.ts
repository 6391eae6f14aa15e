import { isKafkaHaError, KafkaHaError } from '@kafka-ha/errors';

/** What is thrown when the caller's signal fired: the signal's own reason where it says why, e.g. a deadline or a lost lock. */
export function abortedError(signal: AbortSignal | undefined): KafkaHaError {
  const reason: unknown = signal?.reason;
  if (isKafkaHaError(reason)) return reason;
  return new KafkaHaError('aborted', 'Stopped on request.', { cause: reason });
}

/** @throws KafkaHaError `aborted` when the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedError(signal);
}
