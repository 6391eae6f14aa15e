import type { Ledger } from '@kafka-ha/history';
import { htmlTable } from '../../table/html-table.ts';
import { markup, type Markup } from '../../text/markup.ts';
import { describeCluster } from '../describe-cluster.ts';
import { headline, totals, verdictWords } from '../headline.ts';
import { overallVerdict } from '../overall-verdict.ts';
import type { ReportedDrill } from '../reported-drill.ts';
import { summaryTables } from '../summary-tables.ts';
import { drillArticle } from './drill-article.ts';
import { ledgerSection } from './ledger-section.ts';
import { notes } from './notes.ts';
import { patterns } from './patterns.ts';
import { style } from './style.ts';

export type PageOptions = {
  /** Every drill so far, this run's included. */
  ledger?: Ledger;
};

/** The results as one HTML page that needs nothing else: no script, no font, no picture from elsewhere. */
export function drillPage(results: readonly ReportedDrill[], { ledger }: PageOptions = {}): string {
  const overall = overallVerdict(results);
  const { icon } = verdictWords[overall];
  const clusters = [...new Set(results.map(({ cluster }) => cluster.name))].join(', ');
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${headline(results)} – failover drills${clusters && ` of ${clusters}`}</title>
<style>${{ markup: style }}</style>
</head>
<body>
${patterns}
<main>
<header class="${overall}">
<p class="eyebrow">Failover drills${clusters && ` · ${clusters}`}${startedAt(results)}</p>
<h1><span class="icon" aria-hidden="true">${icon}</span>${headline(results)}</h1>
<p>${totals(results)}</p>
<p class="quiet">${describeCluster(results)}</p>
</header>
${results.length > 0 && summary(results)}
${results.map((result, index) => drillArticle(result, idOf(index)))}
${ledger !== undefined && ledgerSection(ledger)}
${notes}
</main>
</body>
</html>
`.markup;
}

function summary(results: readonly ReportedDrill[]): Markup {
  const { verdicts, times } = summaryTables(results);
  const linkOf = (row: number) => `#${idOf(row)}`;
  return markup`${htmlTable(verdicts, { caption: 'What users felt', linkOf })}
${htmlTable(times, { caption: 'Where the time went', linkOf })}`;
}

function idOf(index: number): string {
  return `drill-${index + 1}`;
}

function startedAt(results: readonly ReportedDrill[]): string {
  const starts = results.flatMap(({ run }) => run?.startedAtEpochMs ?? []);
  if (starts.length === 0) return '';
  const [date, time] = new Date(Math.min(...starts)).toISOString().split('T');
  return ` · ${date} ${time?.slice(0, 5)} UTC`;
}
