import type { Cell, Column, Table, Tone } from './table.ts';

export type TableStyle = {
  /** Paints one cell. It must not change how wide the text looks. */
  tone: (text: string, tone: NonNullable<Tone>) => string;
  /** Characters in a line: a wider table goes on below, with its first column repeated. Default: no limit. */
  width?: number;
};

type Sized = { column: Column; index: number; width: number };

const gap = '  ';

/** A table as lines of text, without a newline at the end. */
export function formatTable({ columns, rows }: Table, { tone, width = Infinity }: TableStyle): string {
  const sized = columns.map((column, index): Sized => {
    const cells = rows.map((row) => row[index]?.text.length ?? 0);
    return { column, index, width: Math.max(column.title.length, ...cells) };
  });
  const blocks = inBlocks(sized, width).map(widenForGroups);
  return blocks.map((block) => formatBlock(block, rows, tone).join('\n')).join('\n\n');
}

/** Columns of one group stay together: apart, they would need the heading twice. */
function inBlocks([key, ...others]: readonly Sized[], width: number): Sized[][] {
  if (!key) return [];
  const blocks: Sized[][] = [[key]];
  for (const group of runs(others)) {
    const last = blocks.at(-1) ?? [];
    if (last.length > 1 && lineWidth([...last, ...group]) > width) blocks.push([key, ...group]);
    else last.push(...group);
  }
  return blocks;
}

/** Neighbours with the same group; a column without one stands alone. */
function runs(columns: readonly Sized[]): Sized[][] {
  const found: Sized[][] = [];
  for (const sized of columns) {
    const last = found.at(-1);
    const group = sized.column.group;
    if (last && group !== undefined && last[0]?.column.group === group) last.push(sized);
    else found.push([sized]);
  }
  return found;
}

function lineWidth(columns: readonly Sized[]): number {
  return columns.reduce((sum, { width }) => sum + width + gap.length, -gap.length);
}

/** A heading that is longer than its columns makes the last of them wider. */
function widenForGroups(block: readonly Sized[]): Sized[] {
  return runs(block).flatMap((run) => {
    const missing = (run[0]?.column.group?.length ?? 0) - lineWidth(run);
    return run.map((sized, index) =>
      index === run.length - 1 ? { ...sized, width: sized.width + Math.max(0, missing) } : sized,
    );
  });
}

function formatBlock(block: readonly Sized[], rows: Table['rows'], tone: TableStyle['tone']): string[] {
  const groups = runs(block).map((run) => (run[0]?.column.group ?? '').padEnd(lineWidth(run)));
  const line = (cellOf: (sized: Sized) => Cell) =>
    block
      .map((sized) => paint(cellOf(sized), sized, tone))
      .join(gap)
      .trimEnd();
  const lines = [
    line(({ column }) => ({ text: column.title, tone: 'dim' })),
    ...rows.map((row) => line(({ index }) => row[index] ?? { text: '' })),
  ];
  const headings = groups.join(gap).trimEnd();
  return headings === '' ? lines : [tone(headings, 'dim'), ...lines];
}

/** The padding stays outside the colour, so that nothing is underlined or inverted beyond the text. */
function paint({ text, tone }: Cell, { column, width }: Sized, painter: TableStyle['tone']): string {
  const padding = ' '.repeat(Math.max(0, width - text.length));
  const painted = tone === undefined || text === '' ? text : painter(text, tone);
  return column.align === 'right' ? `${padding}${painted}` : `${painted}${padding}`;
}
