import { formatDuration, parseDuration } from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/errors';

type Limits = { least: number; most: number };

/** @throws KafkaHaError `invalid-usage`, which names the option and what it takes. */
export function wholeNumber(option: string, text: string, { least, most }: Limits): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new KafkaHaError(
    'invalid-usage',
    `${option} takes a whole number from ${least} to ${most}, not ${text}`,
  );
}

/**
 * A time such as `90s` in milliseconds.
 *
 * @throws KafkaHaError `invalid-usage`, which names the option and what it takes.
 */
export function duration(option: string, text: string, { least, most }: Limits): number {
  const value = parseDuration(text);
  if (value !== undefined && value >= least && value <= most) return value;
  throw new KafkaHaError(
    'invalid-usage',
    `${option} takes a time from ${formatDuration(least)} to ${formatDuration(most)}, such as 90s, not ${text}`,
  );
}
