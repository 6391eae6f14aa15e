import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KafkaHaError, messageOf } from '@kafka-ha/errors';
import { formatLedgerEntry, ledgerEntryOf, parseLedger, type Ledger } from '@kafka-ha/history';
import type { DrillOutcome } from './result/compose-result.ts';

/**
 * Reads a ledger; one that is not there yet is empty.
 *
 * @throws KafkaHaError `invalid-usage` where it cannot be read.
 */
export async function readLedger(path: string): Promise<Ledger> {
  try {
    return parseLedger(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { entries: [], unreadable: [] };
    throw unusable(path, error);
  }
}

/** Adds a drill to a ledger, which is made where it is not there yet. */
export async function appendToLedger(path: string, outcome: DrillOutcome): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, formatLedgerEntry(ledgerEntryOf(outcome, Date.now())));
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, error: unknown): KafkaHaError {
  return new KafkaHaError('invalid-usage', `the ledger ${path} cannot be used: ${messageOf(error)}`, {
    hint: 'Name a file that can be written, with --ledger.',
    cause: error,
  });
}
