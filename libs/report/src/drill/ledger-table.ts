import { grouped } from '@kafka-ha/base';
import type { LedgerEntry } from '@kafka-ha/history';
import type { Cell, Table, Tone } from '../table/table.ts';
import { percent, plainSeconds } from '../text/numbers.ts';
import { shortName } from './victims.ts';
import { verdictWords } from './headline.ts';

const tones: Record<LedgerEntry['verdict'], Tone> = { pass: 'good', fail: 'bad', 'no-verdict': undefined };

/** A row for each entry, in the order given. */
export function ledgerTable(entries: readonly LedgerEntry[]): Table {
  return {
    columns: [
      { title: 'when (UTC)', align: 'left' },
      { title: 'fault', align: 'left' },
      { title: 'victims', align: 'left' },
      { title: 'verdict', align: 'left' },
      { title: 'lost', align: 'right' },
      { title: 'worst, s', align: 'right' },
      { title: 'median, s', align: 'right' },
      { title: 'consumers, s', align: 'right' },
      { title: 'available', align: 'right' },
    ],
    rows: entries.map(({ at, fault, victims, cluster, verdict, figures }) => [
      { text: at.slice(0, 16).replace('T', ' ') },
      { text: fault },
      {
        text: victims.map((victim) => shortName(victim, { cluster: { name: cluster } })).join(', ') || '–',
        tone: 'dim',
      },
      { text: verdictWords[verdict].word, tone: tones[verdict] },
      figure(figures.lost, grouped, (figures.lost ?? 0) > 0 ? 'bad' : undefined),
      figure(figures.interruptionMs, plainSeconds),
      figure(figures.medianInterruptionMs, plainSeconds),
      figure(figures.deliveryMs ?? null, plainSeconds),
      figure(figures.availability, percent),
    ]),
  };
}

function figure(value: number | null, format: (value: number) => string, tone?: Tone): Cell {
  return value === null ? { text: '–', tone: 'dim' } : { text: format(value), tone };
}
