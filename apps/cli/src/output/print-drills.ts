import type { DrillOutcome, Ledger } from '@kafka-ha/history';
import { drillTable, formatTable, headline, ledgerSentence, overallVerdict, totals } from '@kafka-ha/report';
import { colorsOf } from './colors.ts';
import { tonesOf } from './tones.ts';

/** The verdict, a row for each drill, why one failed, and what all drills so far support. */
export function printDrills(
  outcomes: readonly DrillOutcome[],
  ledger: Ledger,
  stream: NodeJS.WriteStream,
): void {
  const { bold, dim, green, red, yellow } = colorsOf(stream);
  const paint = { pass: green, fail: red, 'no-verdict': yellow }[overallVerdict(outcomes)];
  const reasons = outcomes.flatMap(({ fault, verdict }) =>
    verdict.reasons.map((reason) => `  ${yellow('!')} ${fault}: ${reason}`),
  );
  const lines = [
    '',
    paint(bold(headline(outcomes))),
    totals(outcomes),
    '',
    formatTable(drillTable(outcomes), { tone: tonesOf(stream), width: stream.columns ?? Infinity }),
    '',
    ...reasons,
    dim(ledgerSentence(ledger)),
  ];
  stream.write(`${lines.join('\n')}\n`);
}
