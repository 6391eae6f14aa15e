import type { Explanation, ExplanationLine } from '@kafka-ha/config';
import { markdownTable } from '../table/markdown-table.ts';
import type { Table } from '../table/table.ts';
import { escapeMarkdown } from '../text/escape-markdown.ts';

/** The proof and the sizing of a cluster file as one folded block of Markdown. */
export function explanationMarkdown({ sections }: Explanation, subject: string): string {
  const tables = sections.map(
    ({ title, lines }) => `**${escapeMarkdown(title)}**\n\n${markdownTable(tableOf(lines))}`,
  );
  return [
    `<details><summary>What is promised, and what it costs: ${escapeMarkdown(subject)}</summary>`,
    ...tables,
    '</details>',
  ].join('\n\n');
}

function tableOf(lines: readonly ExplanationLine[]): Table {
  return {
    columns: ['what', 'value', 'why'].map((title) => ({ title, align: 'left' })),
    rows: lines.map(({ label, value, why }) => [{ text: label }, { text: value }, { text: why }]),
  };
}
