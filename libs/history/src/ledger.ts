import type { AnomalyKind } from './anomalies.ts';
import { bound } from './bound.ts';
import { areDrilledVersions, type DrilledVersions } from './drilled-versions.ts';
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
  versions: DrilledVersions;
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
  /** As consumers felt it, and how long none could commit. Left out in lines from before they were drilled. */
  deliveryMs?: number | null;
  commitMs?: number | null;
};

export type Ledger = {
  entries: LedgerEntry[];
  /** The numbers, from 1, of lines that are no entries, or not all of which is one. */
  unreadable: number[];
  /** How many of what could not be read tell of lost records all the same, such as an entry that is torn after them. */
  tornLosses: number;
};

export const emptyLedger: Ledger = { entries: [], unreadable: [], tornLosses: 0 };

/**
 * A drill as the ledger keeps it. `endedAtEpochMs` stands in for the fault's time where none was made. What could not be
 * judged, or was made without its fault, has no figures; a loss is kept whatever else is in doubt.
 */
export function ledgerEntryOf(result: DrillResult, endedAtEpochMs: number): LedgerEntry {
  const { run, phases, cluster, fault, faultMade, victims } = result;
  const { verdict, counts, interruptions, consumers } = result;
  const atMs =
    run === null || phases.faultMs === null ? endedAtEpochMs : run.startedAtEpochMs + phases.faultMs;
  const isJudged = verdict.result !== 'no-verdict' && faultMade;
  const judged = <T>(figure: T | null | undefined): T | null => (isJudged ? (figure ?? null) : null);
  const figureOf = (objective: AnomalyKind) => {
    const check = verdict.checks.find((check) => check.objective === objective);
    return check === undefined || check.result === 'unknown' ? null : check.figure;
  };
  const lost = figureOf('lost');
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
      lost: (lost ?? 0) > 0 ? lost : judged(lost),
      duplicated: judged(figureOf('duplicated')),
      reordered: judged(figureOf('reordered')),
      interruptionMs: judged(interruptions?.writing.worst.ms),
      medianInterruptionMs: judged(interruptions?.writing.medianMs),
      availability: judged(interruptions?.availability),
      deliveryMs: judged(consumers?.delivery.worst.ms),
      commitMs: judged(consumers?.commit.ms),
    },
  };
}

export function formatLedgerEntry(entry: LedgerEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/**
 * Reads a ledger line by line. An entry that was written after a torn one, on the same line, is read; the torn one is
 * counted among the losses where that much of it is left.
 */
export function parseLedger(text: string): Ledger {
  const ledger: Ledger = { entries: [], unreadable: [], tornLosses: 0 };
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const torn = piecesOf(line).filter((piece) => {
      const entry = parseEntry(piece);
      if (entry) ledger.entries.push(entry);
      return entry === null;
    });
    if (torn.length > 0) ledger.unreadable.push(index + 1);
    ledger.tornLosses += torn.filter((piece) => tellsOfLoss.test(piece)).length;
  }
  return ledger;
}

/** What the ledger supports: faults that have a verdict on losses, those that lost records, and the 95 % bound. */
export function ledgerBound({ entries, tornLosses }: Ledger): {
  faults: number;
  losses: number;
  bound: number;
} {
  const losses = entries.filter(hasLost).length + tornLosses;
  const kept = entries.filter((entry) => !hasLost(entry) && isJudgedFault(entry)).length;
  return { faults: losses + kept, losses, bound: bound(losses + kept, losses) };
}

function hasLost({ figures }: LedgerEntry): boolean {
  return (figures.lost ?? 0) > 0;
}

/** Victims are chosen just before a fault: a drill without any did not come to it. */
function isJudgedFault({ verdict, victims, figures }: LedgerEntry): boolean {
  return verdict !== 'no-verdict' && victims.length > 0 && figures.lost !== null;
}

const tellsOfLoss = /"lost":\s*[1-9]/;
const entryBegins = /(?=\{"version":)/;

/** A whole line or, where it is no entry, what lies between the beginnings of entries in it. */
function piecesOf(line: string): string[] {
  return parseEntry(line) === null ? line.split(entryBegins) : [line];
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
    areDrilledVersions(value.versions) &&
    ['pass', 'fail', 'no-verdict'].includes(String(value.verdict)) &&
    isRecord(value.figures) &&
    areFigures(value.figures)
  );
}

function areFigures(figures: Record<string, unknown>): boolean {
  const names = ['lost', 'duplicated', 'reordered', 'interruptionMs', 'medianInterruptionMs', 'availability'];
  const newer = ['deliveryMs', 'commitMs'].filter((name) => figures[name] !== undefined);
  return (
    typeof figures.acknowledged === 'number' &&
    [...names, ...newer].every((name) => figures[name] === null || typeof figures[name] === 'number')
  );
}
