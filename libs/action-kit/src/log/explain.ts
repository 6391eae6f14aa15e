import { inspect } from 'node:util';
import { debug, isDebug } from '@actions/core';
import type { KafkaHaError } from '@kafka-ha/base';
import { say } from './say.ts';

/** Writes to the log what an error has to say beside its message; other `details` than its own where those are told already. */
export function explain(error: KafkaHaError, { details = error.details } = {}): void {
  for (const line of details) say(`  ${line}`);
  if (error.hint !== undefined) say(`→ ${error.hint}`);
  if (isDebug()) debug(inspect(error, { depth: 5 }));
}
