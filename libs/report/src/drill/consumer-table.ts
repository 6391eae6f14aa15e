import { grouped } from '@kafka-ha/base';
import type { DrillResult } from '@kafka-ha/history';
import type { Cell, Table, Tone } from '../table/table.ts';
import { plainSeconds } from '../text/numbers.ts';
import { checkOf } from './checks.ts';

const waited = { group: 'a record waited, s', align: 'right' } as const;
const records = { group: 'records', align: 'right' } as const;
const none: Cell = { text: '–', tone: 'dim' };
const tones: Record<'pass' | 'fail' | 'unknown', Tone> = { pass: undefined, fail: 'bad', unknown: 'dim' };

/** A row for each drill: what the group of consumers felt. Null where none had one. */
export function consumerTable(results: readonly DrillResult[]): Table | null {
  if (results.every(({ consumers }) => !consumers)) return null;
  return {
    columns: [
      { title: 'fault', align: 'left' },
      { ...waited, title: 'worst' },
      { ...waited, title: 'median' },
      { title: 'no commit, s', align: 'right' },
      { title: 'coordinator', align: 'left' },
      { title: 'rebalances', align: 'right' },
      { ...records, title: 'delivered' },
      { ...records, title: 'twice' },
      { ...records, title: 'never' },
      { title: 'commits back', align: 'right' },
    ],
    rows: results.map((result) => [{ text: result.fault }, ...figures(result)]),
  };
}

function figures({ consumers, ...result }: DrillResult): Cell[] {
  if (!consumers) return Array.from({ length: 9 }, () => none);
  const { delivery, commit, coordinators, rebalances, delivered, redelivered } = consumers;
  const tone = tones[checkOf(result, 'delivery')?.result ?? 'unknown'];
  return [
    { text: plainSeconds(delivery.worst.ms), tone },
    { text: plainSeconds(delivery.medianMs) },
    { text: plainSeconds(commit.ms) },
    { text: coordinators.map((broker) => `kafka-${broker}`).join(', then ') || '–', tone: 'dim' },
    { text: grouped(rebalances) },
    { text: grouped(delivered) },
    { text: grouped(redelivered) },
    counted(result, 'undelivered'),
    counted(result, 'commit-back'),
  ];
}

/** A count of nothing in a history that is not whole says nothing. */
function counted(result: Pick<DrillResult, 'verdict'>, objective: 'undelivered' | 'commit-back'): Cell {
  const check = checkOf(result, objective);
  if (check === undefined || check.result === 'unknown') return { text: '?', tone: 'dim' };
  return { text: grouped(check.figure), tone: tones[check.result] };
}
