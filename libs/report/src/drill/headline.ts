import { grouped } from '@kafka-ha/base';
import { type DrillResult, type Ledger, ledgerBound } from '@kafka-ha/history';
import { counted, percentAtMost, seconds } from '../text/numbers.ts';
import { checkOf } from './checks.ts';
import { overallVerdict } from './reported-drill.ts';

export const verdictWords = {
  pass: { word: 'pass', icon: '✓', emoji: '✅' },
  fail: { word: 'fail', icon: '✗', emoji: '❌' },
  'no-verdict': { word: 'no verdict', icon: '?', emoji: '⚠️' },
} as const;

/** The answer in one line. */
export function headline(results: readonly DrillResult[]): string {
  if (results.length === 0) return 'No drill was run';
  const drills = results.length === 1 ? 'The drill' : `All ${results.length} drills`;
  const overall = overallVerdict(results);
  if (overall === 'pass') return `${drills} passed`;
  const of = results.filter(({ verdict }) => verdict.result === overall);
  const share = results.length === 1 ? 'The drill' : `${of.length} of ${results.length} drills`;
  return overall === 'fail'
    ? `${share} failed: ${faults(of)}`
    : `No verdict: ${share === 'The drill' ? 'the drill' : share} could not be judged (${faults(of)})`;
}

/** What users would have felt over all drills, in a sentence. */
export function totals(results: readonly DrillResult[]): string {
  const acknowledged = results.reduce((sum, { counts }) => sum + (counts?.acknowledged ?? 0), 0);
  return `${counted(acknowledged, 'record')} acknowledged, ${losses(results)}. ${longest(results)}`.trim();
}

/**
 * What all drills so far support: 0 losses in n independent faults bound the probability of a loss. What could not be
 * read stands beside it, since it may tell otherwise.
 */
export function ledgerSentence(ledger: Ledger): string {
  const { faults, losses, bound } = ledgerBound(ledger);
  const lossy = losses === 0 ? 'none lost a record' : `${grouped(losses)} lost records`;
  const supported =
    faults === 0
      ? 'The ledger has no drill yet that could show losses.'
      : `Of ${counted(faults, 'drilled fault')} so far ${lossy}: with 95 % confidence, at most ${percentAtMost(bound)} of such faults do.`;
  return `${supported}${unread(ledger)}`;
}

function unread({ unreadable, tornLosses }: Ledger): string {
  if (unreadable.length === 0) return '';
  const named = `${unreadable.slice(0, namedLines).join(', ')}${unreadable.length > namedLines ? ', …' : ''}`;
  const lines = `${counted(unreadable.length, 'line')} of the ledger cannot be read (${named})`;
  return tornLosses === 0
    ? ` ${lines}: not included in this figure.`
    : ` ${lines}: ${grouped(tornLosses)} of them ${tornLosses === 1 ? 'tells' : 'tell'} of lost records and ${tornLosses === 1 ? 'counts as a loss' : 'count as losses'}, the rest is not in this figure.`;
}

const namedLines = 5;

function losses(results: readonly DrillResult[]): string {
  const checks = results.map((result) => checkOf(result, 'lost'));
  const lost = checks.reduce((sum, check) => sum + (check?.figure ?? 0), 0);
  if (lost > 0) return `${counted(lost, 'record')} lost`;
  return checks.every((check) => check?.result === 'pass') ? 'none lost' : 'losses unknown for some';
}

function longest(results: readonly DrillResult[]): string {
  const worst = results
    .flatMap(({ fault, interruptions }) => (interruptions ? [{ fault, ...interruptions.writing.worst }] : []))
    .sort((a, b) => b.ms - a.ms)[0];
  return worst
    ? `Longest interruption: ${seconds(worst.ms)} (${worst.fault}, partition ${worst.partition}).`
    : '';
}

function faults(results: readonly DrillResult[]): string {
  return [...new Set(results.map(({ fault }) => fault))].join(', ');
}
