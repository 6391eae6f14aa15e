import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KafkaHaError, messageOf } from '@kafka-ha/base';
import {
  type DrillOutcome,
  emptyLedger,
  formatLedgerEntry,
  type Ledger,
  ledgerEntryOf,
  parseLedger,
} from '@kafka-ha/history';

/**
 * Reads a ledger; one that is not there yet is empty.
 *
 * @throws KafkaHaError `invalid-usage` where it cannot be read.
 */
export async function readLedger(path: string): Promise<Ledger> {
  try {
    return parseLedger(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return emptyLedger;
    throw unusable(path, error);
  }
}

/**
 * Before a drill: what it finds is to be kept, so a ledger that cannot be written is told of while nothing is broken yet.
 *
 * @throws KafkaHaError `invalid-usage`
 */
export async function refuseUnusableLedger(path: string): Promise<void> {
  await onLedger(path, async () => undefined);
}

/**
 * Adds a drill to a ledger, which is made where it is not there yet, on a line of its own also after one that somebody
 * else has torn. Resolves when it is on disk. Several may add at once: an entry is one write to the file's end.
 *
 * @throws KafkaHaError `invalid-usage`
 */
export async function appendToLedger(path: string, outcome: DrillOutcome): Promise<void> {
  const entry = formatLedgerEntry(ledgerEntryOf(outcome, Date.now()));
  await onLedger(path, async (file) => {
    const line = Buffer.from((await endsInALine(file)) ? entry : `\n${entry}`);
    const { bytesWritten } = await file.write(line);
    if (bytesWritten < line.length)
      throw new Error(`only ${bytesWritten} of ${line.length} bytes were written`);
    await file.sync();
  });
}

async function onLedger(path: string, act: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await using file = await open(path, 'a+');
    await act(file);
  } catch (error) {
    throw unusable(path, error);
  }
}

/** Also where it is empty. */
async function endsInALine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() === '\n';
}

function unusable(path: string, error: unknown): KafkaHaError {
  return new KafkaHaError('invalid-usage', `the ledger ${path} cannot be used: ${messageOf(error)}`, {
    hint: 'Name a writable file with --ledger.',
    cause: error,
  });
}
