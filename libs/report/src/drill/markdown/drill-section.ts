import { escapeMarkdown } from '../../text/escape-markdown.ts';
import { anomalyLists, anomalyTitle, comparedSentence } from '../drill-anomalies.ts';
import { failures } from '../failures.ts';
import { verdictWords } from '../headline.ts';
import type { ReportedDrill } from '../reported-drill.ts';
import { victimNames } from '../victims.ts';
import { timeline } from './timeline.ts';

/** One drill: what was done, why it did not pass, when what happened. */
export function drillSection(
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
