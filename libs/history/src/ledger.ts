import type { AnomalyKind } from './anomalies.ts';
import { bound } from './bound.ts';
import type { DrillResult } from './drill-result.ts';
import { isFlat, isRecord } from './shapes.ts';

/** One drilled fault, for ever: one JSON line of the ledger file. */
export type LedgerEntry = {
  version: 1;
  /** ISO 8601, when the fault was made. */
  at: string;
  cluster: string;
  /** The fault's name and its victims, e.g. `kill-two-brokers` and `['events-kafka-1', 'events-kafka-3']`. */
  fault: string;
  victims: readonly string[];
  versions: { kafka: string; zookeeper: string; client: string };
  verdict: 'pass' | 'fail' | 'no-verdict';
  figures: Figures;
};

/** Null where there is no figure, as in a drill without a verdict. */
export type Figures = {
  acknowledged: number;
  lost: number | null;
  duplicated: number | null;
  reordered: number | null;
  interruptionMs: number | null;
  medianInterruptionMs: number | null;
  availability: number | null;
};

export type Ledger = {
  entries: LedgerEntry[];
  /** The numbers, from 1, of lines that are no entries. */
  unreadable: number[];
};

/** A drill as the ledger keeps it. `endedAtEpochMs` stands in for the fault's time where none was made. */
export function ledgerEntryOf(result: DrillResult, endedAtEpochMs: number): LedgerEntry {
  const { run, phases, cluster, fault, victims, verdict, counts, interruptions } = result;
  const atMs =
    run === null || phases.faultMs === null ? endedAtEpochMs : run.startedAtEpochMs + phases.faultMs;
  const figureOf = (objective: AnomalyKind) => {
    const check = verdict.checks.find((check) => check.objective === objective);
    return check === undefined || check.result === 'unknown' ? null : check.figure;
  };
  return {
    version: 1,
    at: new Date(atMs).toISOString(),
    cluster: cluster.name,
    fault,
    victims,
    versions: cluster.versions,
    verdict: verdict.result,
    figures: {
      acknowledged: counts?.acknowledged ?? 0,
      lost: figureOf('lost'),
      duplicated: figureOf('duplicated'),
      reordered: figureOf('reordered'),
      interruptionMs: interruptions?.writing.worst.ms ?? null,
      medianInterruptionMs: interruptions?.writing.medianMs ?? null,
      availability: interruptions?.availability ?? null,
    },
  };
}

export function formatLedgerEntry(entry: LedgerEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

export function parseLedger(text: string): Ledger {
  const ledger: Ledger = { entries: [], unreadable: [] };
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const entry = parseEntry(line);
    if (entry) ledger.entries.push(entry);
    else ledger.unreadable.push(index + 1);
  }
  return ledger;
}

/** What the ledger supports: faults that have a verdict on losses, those that lost records, and the 95 % bound. */
export function ledgerBound(entries: readonly LedgerEntry[]): {
  faults: number;
  losses: number;
  bound: number;
} {
  const judged = entries.filter(({ figures }) => figures.lost !== null);
  const losses = judged.filter(({ figures }) => (figures.lost ?? 0) > 0).length;
  return { faults: judged.length, losses, bound: bound(judged.length, losses) };
}

function parseEntry(line: string): LedgerEntry | null {
  try {
    const value: unknown = JSON.parse(line);
    return isEntry(value) ? value : null;
  } catch {
    return null;
  }
}

function isEntry(value: unknown): value is LedgerEntry {
  return (
    isRecord(value) &&
    value.version === 1 &&
    isFlat(value, { at: 'string', cluster: 'string', fault: 'string' }) &&
    Array.isArray(value.victims) &&
    value.victims.every((victim) => typeof victim === 'string') &&
    isRecord(value.versions) &&
    isFlat(value.versions, { kafka: 'string', zookeeper: 'string', client: 'string' }) &&
    ['pass', 'fail', 'no-verdict'].includes(String(value.verdict)) &&
    isRecord(value.figures) &&
    areFigures(value.figures)
  );
}

function areFigures(figures: Record<string, unknown>): boolean {
  const names = ['lost', 'duplicated', 'reordered', 'interruptionMs', 'medianInterruptionMs', 'availability'];
  return (
    typeof figures.acknowledged === 'number' &&
    names.every((name) => figures[name] === null || typeof figures[name] === 'number')
  );
}
