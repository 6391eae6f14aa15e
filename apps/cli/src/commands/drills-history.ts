import { KafkaHaError } from '@kafka-ha/errors';
import { ledgerBound } from '@kafka-ha/history';
import { readLedger } from '@kafka-ha/operations';
import { formatTable, ledgerSentence, ledgerTable } from '@kafka-ha/report';
import { tonesOf } from '../output/tones.ts';

/** `kafka-ha drills history`. */
export async function drillsHistory({ ledger, json }: { ledger: string; json?: boolean }): Promise<void> {
  const past = await readLedger(ledger);
  const { entries, unreadable, tornLosses } = past;
  if (entries.length === 0 && unreadable.length === 0)
    throw new KafkaHaError('not-found', `there is no ledger ${ledger} yet`, {
      hint: 'kafka-ha drill makes drills and writes it.',
    });
  const stream = process.stdout;
  if (json === true) {
    stream.write(`${JSON.stringify({ entries, ...ledgerBound(past), unreadable, tornLosses }, null, 2)}\n`);
    return;
  }
  const table = formatTable(ledgerTable(entries), {
    tone: tonesOf(stream),
    width: stream.columns ?? Infinity,
  });
  stream.write(`${table}\n\n${ledgerSentence(past)}\n`);
}
