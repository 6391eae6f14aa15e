import { abortedError } from './aborted-error.ts';

/** @throws KafkaHaError `aborted` when the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedError(signal);
}
