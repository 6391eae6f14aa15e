import { escapeMarkdown } from '../text/escape-markdown.ts';
import type { Cell, Column, Table } from './table.ts';

/**
 * A table in GitHub's Markdown. What is bad is bold, since Markdown has no colours; a group's heading stands over the
 * first of its columns, since no cell may span two.
 */
export function markdownTable({ columns, rows }: Table): string {
  return [
    columns.map(heading),
    columns.map(({ align }) => (align === 'right' ? '---:' : '---')),
    ...rows.map((row) => row.map(emphasised)),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function heading({ group, title }: Column, index: number, columns: readonly Column[]): string {
  if (group === undefined) return escapeMarkdown(title);
  const first = columns[index - 1]?.group !== group;
  return `${first ? escapeMarkdown(group) : '&nbsp;'}<br>${escapeMarkdown(title)}`;
}

function emphasised({ text, tone }: Cell): string {
  const escaped = escapeMarkdown(text);
  return tone === 'bad' ? `**${escaped}**` : escaped;
}
