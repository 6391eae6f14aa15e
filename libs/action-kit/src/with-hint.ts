import { toKafkaHaError } from '@kafka-ha/base';

/** What went wrong and what to do about it, on one line. */
export function withHint(thrown: unknown): string {
  const { message, hint } = toKafkaHaError(thrown);
  return hint === undefined ? message : `${message} → ${hint}`;
}
