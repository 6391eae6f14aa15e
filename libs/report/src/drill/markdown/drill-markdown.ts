import { count } from '@kafka-ha/base';
import type { DrillResult, Ledger } from '@kafka-ha/history';
import { markdownTable } from '../../table/markdown-table.ts';
import { escapeMarkdown } from '../../text/escape-markdown.ts';
import { describeCluster } from '../describe-cluster.ts';
import { headline, ledgerSentence, totals, verdictWords } from '../headline.ts';
import { overallVerdict, type ReportedDrill } from '../reported-drill.ts';
import { summaryTables } from '../summary-tables.ts';
import { anomalyLists, anomalyTitle, comparedSentence } from '../drill-anomalies.ts';
import { failures } from '../failures.ts';
import { producerSentence } from '../producer-sentence.ts';
import { victimNames } from '../victims.ts';
import { timeline } from './timeline.ts';

export type MarkdownOptions = {
  /** Every drill so far, this run's included: a sentence says what they support. */
  ledger?: Ledger;
  /** Default: 1 MiB, what GitHub takes as the summary of one step. */
  maxBytes?: number;
};

/** What is kept, and what to say of the rest. The first that fits is taken. */
const levels = [
  { timelines: true, anomalies: true, sections: true, omitted: null },
  { timelines: true, anomalies: false, sections: true, omitted: 'the records by name' },
  { timelines: false, anomalies: false, sections: true, omitted: 'the records by name and the timelines' },
  { timelines: false, anomalies: false, sections: false, omitted: 'everything about single drills' },
] as const;

type Level = (typeof levels)[number];

/** The results for a job summary. Longer than `maxBytes` it never is: details go first, and it says so. */
export function drillMarkdown(
  results: readonly ReportedDrill[],
  { ledger, maxBytes = 2 ** 20 }: MarkdownOptions = {},
): string {
  for (const level of levels) {
    const text = compose(results, ledger, level, results.length);
    if (bytes(text) <= maxBytes) return text;
  }
  for (let rows = results.length >> 1; ; rows >>= 1) {
    const text = compose(results, ledger, levels[3], rows);
    if (bytes(text) <= maxBytes || rows === 0) return text;
  }
}

function compose(
  results: readonly ReportedDrill[],
  ledger: Ledger | undefined,
  level: Level,
  rows: number,
): string {
  const left = results.length - rows;
  const omitted = [
    ...(level.omitted === null ? [] : [level.omitted]),
    ...(left > 0 ? [`${count(left, 'row')} of the table`] : []),
  ];
  return [
    `## ${verdictWords[overallVerdict(results)].emoji} ${escapeMarkdown(headline(results))}`,
    `${escapeMarkdown(totals(results))}  \n${escapeMarkdown(describeCluster(results))}`,
    omitted.length > 0 && `> **Left out, since this page has a size limit:** ${omitted.join(' and ')}.`,
    rows > 0 && summary(results.slice(0, rows)),
    ledger !== undefined && escapeMarkdown(ledgerSentence(ledger)),
    ...(level.sections ? results.map((result) => drillSection(result, level)) : []),
  ]
    .filter((part) => part !== false && part.trim() !== '')
    .join('\n\n')
    .concat('\n');
}

function summary(results: readonly DrillResult[]): string {
  const { verdicts, times, consumers } = summaryTables(results);
  const tables = [verdicts, times, ...(consumers === null ? [] : [consumers])];
  return tables.map((table) => markdownTable(table)).join('\n\n');
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** One drill: what was done, why it did not pass, when what happened. */
function drillSection(
  result: ReportedDrill,
  { timelines, anomalies }: { timelines: boolean; anomalies: boolean },
): string {
  const { word, emoji } = verdictWords[result.verdict.result];
  // The diagram stays outside <details>: one that is drawn while hidden may come out without a size.
  const gantt = timelines ? timeline(result) : null;
  return [
    `### ${emoji} ${escapeMarkdown(result.fault)}: ${word}`,
    `${escapeMarkdown(result.title)} (${escapeMarkdown(victimNames(result))}).`,
    list(failures(result)),
    escapeMarkdown(producerSentence(result) ?? ''),
    escapeMarkdown(comparedSentence(result) ?? ''),
    gantt === null ? '' : `\`\`\`mermaid\n${gantt}\n\`\`\``,
    anomalies ? details(result) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function details(result: ReportedDrill): string {
  return anomalyLists(result)
    .map((anomalies) => {
      const rows = anomalies.examples.map(
        ({ where, detail }) => `**${escapeMarkdown(where)}** ${escapeMarkdown(detail)}`,
      );
      return [
        `<details><summary>${escapeMarkdown(anomalyTitle(anomalies))}</summary>`,
        rows.map((row) => `- ${row}`).join('\n'),
        '</details>',
      ].join('\n\n');
    })
    .join('\n\n');
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n');
}
