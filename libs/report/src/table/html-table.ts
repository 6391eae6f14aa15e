import { markup, type Markup } from '../text/markup.ts';
import type { Column, Table } from './table.ts';

/**
 * A table for a page. Each cell knows its heading, so that a style sheet can show a row as a card on a narrow screen.
 *
 * @param linkOf where the name of a row leads
 */
export function htmlTable(
  { columns, rows }: Table,
  { caption, linkOf = () => null }: { caption: string; linkOf?: (row: number) => string | null },
): Markup {
  return markup`<table class="rows">
<caption>${caption}</caption>
<thead>${groupRow(columns)}<tr>${columns.map(
    ({ title, align }) => markup`<th scope="col" class="${align}">${title}</th>`,
  )}</tr></thead>
<tbody>${rows.map((cells, row) => {
    const [first, ...others] = cells;
    const link = linkOf(row);
    const name = link === null ? (first?.text ?? '') : markup`<a href="${link}">${first?.text ?? ''}</a>`;
    return markup`
<tr><th scope="row">${name}</th>${others.map(({ text, tone }, index) => {
      const { align, title, group } = columns[index + 1] ?? { align: 'left', title: '', group: undefined };
      const heading = group === undefined ? title : `${group}: ${title}`;
      return markup`<td class="${align} ${tone ?? ''}" data-heading="${heading}">${text}</td>`;
    })}</tr>`;
  })}
</tbody>
</table>`;
}

function groupRow(columns: readonly Column[]): Markup | null {
  if (columns.every(({ group }) => group === undefined)) return null;
  const spans: { group: string | undefined; columns: number }[] = [];
  for (const { group } of columns) {
    const last = spans.at(-1);
    if (last && last.group === group) last.columns += 1;
    else spans.push({ group, columns: 1 });
  }
  return markup`<tr>${spans.map(({ group, columns: span }) =>
    group === undefined
      ? markup`<td colspan="${span}"></td>`
      : markup`<th scope="colgroup" class="group" colspan="${span}">${group}</th>`,
  )}</tr>`;
}
