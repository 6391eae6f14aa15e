import { findingCatalogue, type FindingCode } from './finding-catalogue.ts';

/** One thing that is wrong. */
export type Finding = {
  code: FindingCode;
  severity: 'error' | 'warning';
  /** What it is about, e.g. `broker 3`, `topic events, partitions 4, 7`, `pod events-kafka-2`. */
  subject: string;
  /** What was seen, as sentences. */
  reason: string;
  /** The next thing to do. */
  action: string;
};

/** A finding with its severity and, unless a better one is known, its action as in the catalogue. */
export function finding(code: FindingCode, subject: string, reason: string, action?: string): Finding {
  const { severity, action: usualAction } = findingCatalogue[code];
  return { code, severity, subject, reason, action: action ?? usualAction };
}

const importance = Object.keys(findingCatalogue);

/** Errors first; then causes before what follows from them, as the catalogue has them. */
export function byImportance(a: Finding, b: Finding): number {
  if (a.severity !== b.severity) return a.severity === 'error' ? -1 : 1;
  return importance.indexOf(a.code) - importance.indexOf(b.code);
}
