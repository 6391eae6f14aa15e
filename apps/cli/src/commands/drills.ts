import { KafkaHaError } from '@kafka-ha/base';
import type { Command } from 'commander';
import { newCommand, type JsonOption } from '../options.ts';

type HistoryOptions = JsonOption & { ledger: string };

/** `kafka-ha drills history`. */
export function drillsCommand(): Command {
  return newCommand('drills', 'results of all drills so far').addCommand(
    newCommand('history', 'print the ledger, and the bound that it supports')
      .option('--ledger <file>', 'the ledger', 'drills.jsonl')
      .action((_, self: Command) => history(self.optsWithGlobals<HistoryOptions>())),
  );
}

async function history({ ledger, json }: HistoryOptions): Promise<void> {
  const { ledgerBound } = await import('@kafka-ha/history');
  const { readLedger } = await import('@kafka-ha/drills');
  const { ledgerSentence, ledgerTable } = await import('@kafka-ha/report');
  const { tableText } = await import('../output/table-text.ts');
  const past = await readLedger(ledger);
  const { entries, unreadable, tornLosses } = past;
  if (entries.length === 0 && unreadable.length === 0)
    throw new KafkaHaError('not-found', `there is no ledger ${ledger} yet`, {
      hint: 'kafka-ha drill creates it.',
    });
  const stream = process.stdout;
  if (json === true) {
    stream.write(`${JSON.stringify({ entries, ...ledgerBound(past), unreadable, tornLosses }, null, 2)}\n`);
    return;
  }
  stream.write(`${tableText(ledgerTable(entries), stream)}\n\n${ledgerSentence(past)}\n`);
}
