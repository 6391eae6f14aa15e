import { grouped } from '@kafka-ha/base';
import type { Check, DrillResult } from '@kafka-ha/history';
import type { Cell, Column, Table, Tone } from '../table/table.ts';
import { percent, plainSeconds } from '../text/numbers.ts';
import { checkOf, interruptionLimit } from './checks.ts';
import { verdictWords } from './headline.ts';
import { milestones, type Milestone } from './milestones.ts';
import { victimNames } from './victims.ts';

type DrillColumn = Column & { cell: (result: DrillResult) => Cell };

/** The heading over the columns that tell where the time went. */
export const afterFault = 'after the fault, s';

const interruption = { group: 'interruption, s', align: 'right' } as const;
const sinceFault = { group: afterFault, align: 'right' } as const;
const records = { group: 'records', align: 'right' } as const;
const none: Cell = { text: '–', tone: 'dim' };
const tones: Record<DrillResult['verdict']['result'], Tone> = {
  pass: 'good',
  fail: 'bad',
  'no-verdict': undefined,
};

const columns: readonly DrillColumn[] = [
  { title: 'fault', align: 'left', cell: ({ fault }) => ({ text: fault }) },
  { title: 'victims', align: 'left', cell: (result) => ({ text: victimNames(result), tone: 'dim' }) },
  {
    title: 'verdict',
    align: 'left',
    cell: ({ verdict: { result } }) => ({ text: verdictWords[result].word, tone: tones[result] }),
  },
  { ...interruption, title: 'worst', cell: worst },
  { ...interruption, title: 'median', cell: ({ interruptions }) => time(interruptions?.writing.medianMs) },
  { ...interruption, title: 'limit', cell: limit },
  { ...sinceFault, title: 'detected', cell: (result) => reached(result, 'detected') },
  { ...sinceFault, title: 'elected', cell: (result) => reached(result, 'elected') },
  { ...sinceFault, title: 'acknowledged', cell: (result) => reached(result, 'acknowledged') },
  { ...sinceFault, title: 'in sync', cell: (result) => reached(result, 'in-sync') },
  { ...sinceFault, title: 'ready', cell: (result) => reached(result, 'ready') },
  { ...records, title: 'lost', cell: (result) => counted(checkOf(result, 'lost')) },
  { ...records, title: 'duplicated', cell: (result) => counted(checkOf(result, 'duplicated')) },
  { ...records, title: 'reordered', cell: (result) => counted(checkOf(result, 'reordered')) },
  { title: 'diverged', align: 'right', cell: (result) => counted(checkOf(result, 'diverged')) },
  { title: 'available', align: 'right', cell: availability },
];

/** A row for each drill: what was done, the verdict, and the figures that it rests on. */
export function drillTable(results: readonly DrillResult[]): Table {
  return {
    columns: columns.map(({ title, group, align }) => ({ title, group, align })),
    rows: results.map((result) => columns.map(({ cell }) => cell(result))),
  };
}

function worst(result: DrillResult): Cell {
  const check = checkOf(result, 'interruption');
  const cell = time(result.interruptions?.writing.worst.ms);
  if (check?.result === 'pass') return { ...cell, tone: 'good' };
  return check?.result === 'fail' ? { ...cell, tone: 'bad' } : cell;
}

function limit(result: DrillResult): Cell {
  const ms = interruptionLimit(result);
  return ms === null ? none : { text: String(ms / 1000), tone: 'dim' };
}

function reached(result: DrillResult, phase: Milestone['phase']): Cell {
  return time(milestones(result).find((milestone) => milestone.phase === phase)?.afterFaultMs);
}

function time(ms: number | undefined): Cell {
  return ms === undefined ? none : { text: plainSeconds(ms) };
}

/** A count of nothing in a history that is not whole says nothing. */
function counted(check: Check | undefined): Cell {
  if (!check) return none;
  if (check.result === 'unknown') return { text: '?', tone: 'dim' };
  return { text: grouped(check.figure), tone: check.result === 'fail' ? 'bad' : undefined };
}

function availability({ interruptions }: DrillResult): Cell {
  return interruptions ? { text: percent(interruptions.availability) } : none;
}
