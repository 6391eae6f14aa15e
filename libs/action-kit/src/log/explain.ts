import { debug, isDebug } from '@actions/core';
import { type KafkaHaError, toKafkaHaError } from '@kafka-ha/base';
import { inspect } from 'node:util';
import { say } from './say.ts';

/** Writes to the log what an error has to say beside its message; other `details` than its own where those are told already. */
export function explain(error: KafkaHaError, { details = error.details } = {}): void {
  for (const line of details) say(`  ${line}`);
  if (error.hint !== undefined) say(`→ ${error.hint}`);
  if (isDebug()) debug(inspect(error, { depth: 5 }));
}

/** What went wrong and what to do about it, on one line. */
export function withHint(thrown: unknown): string {
  const { message, hint } = toKafkaHaError(thrown);
  return hint === undefined ? message : `${message} → ${hint}`;
}
