import { isKafkaHaError, KafkaHaError, messageOf } from '@kafka-ha/base';

/**
 * Waits for all of them, also where one fails: a fault is not ended while it is still being made, and what can be mended is.
 *
 * @throws As `throwFirst`.
 */
export async function allOf(works: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(works);
  throwFirst(outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : [])));
}

/** @throws The first error, if there is one; what else failed is among its details. */
export function throwFirst(errors: readonly unknown[]): void {
  if (errors.length === 0) return;
  const [first, ...others] = errors;
  if (others.length === 0) throw first;
  if (!isKafkaHaError(first)) throw new AggregateError(errors, errors.map(messageOf).join('; '));
  const { code, message, hint, details } = first;
  const told = new Set(others.map(messageOf));
  throw new KafkaHaError(code, message, { hint, details: [...details, ...told], cause: first });
}
