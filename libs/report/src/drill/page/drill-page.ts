import type { Ledger } from '@kafka-ha/history';
import { htmlTable } from '../../table/html-table.ts';
import { markup, type Markup } from '../../text/markup.ts';
import { describeCluster } from '../describe-cluster.ts';
import { headline, ledgerSentence, totals, verdictWords } from '../headline.ts';
import { overallVerdict, type ReportedDrill } from '../reported-drill.ts';
import { summaryTables } from '../summary-tables.ts';
import { drillArticle } from './drill-article.ts';
import { style } from './style.ts';
import { ledgerTable } from '../ledger-table.ts';

/**
 * Silence and unreadiness are told by their pattern as well as by colour. Defined once for all figures of the page, in a
 * drawing that has no size: one that is not displayed would take its patterns with it.
 */
const patterns = markup`<svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false"><defs>
<pattern id="silence" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="silence-ground" width="5" height="5"/><rect class="silence-hatch" width="1.4" height="5"/></pattern>
<pattern id="not-ready" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="not-ready-ground" width="4" height="4"/><rect class="not-ready-hatch" width="1.6" height="4"/></pattern>
</defs></svg>`;

/** How to read the page. */
const notes = markup`
<footer>
<h2>How this was measured</h2>
<p>Each partition gets a write at times fixed ahead, whether or not earlier ones were acknowledged, and latency counts from the
time that was meant. An <strong>interruption</strong> is the longest time that a partition went without an acknowledged write; in calm
it is the interval between writes. <strong>Available</strong> is the share of partitions × time without silences of over a second.
A group of consumers reads and commits all the while: what <strong>a record waited</strong> is the longest time that none was delivered
though one was acknowledged.
A record is <strong>lost</strong> if it was acknowledged and is not there when everything is read back. Afterwards the logs of all
replicas are compared: they must hold the same batches, all that was read back among them.</p>
</footer>`;

const shown = 20;

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
  const { verdicts, times, consumers } = summaryTables(results);
  const linkOf = (row: number) => `#${idOf(row)}`;
  return markup`${htmlTable(verdicts, { caption: 'What users felt', linkOf })}
${htmlTable(times, { caption: 'Where the time went', linkOf })}
${consumers !== null && htmlTable(consumers, { caption: 'What consumers felt', linkOf })}`;
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

/** What all drills so far support, and the newest of them. */
function ledgerSection(ledger: Ledger): Markup {
  const { entries } = ledger;
  const newest = entries.slice(-shown).reverse();
  return markup`
<section aria-labelledby="ledger">
<h2 id="ledger">Ledger</h2>
<p>${ledgerSentence(ledger)}</p>
${htmlTable(ledgerTable(newest), {
  caption: entries.length > shown ? `The newest ${shown} of ${entries.length} drills` : 'All drills so far',
})}
</section>`;
}
