import { formatTable, type Table } from '@kafka-ha/report';
import { colorsOf } from './colors.ts';

/** A table as wide as a stream's terminal, in its colours. */
export function tableText(table: Table, stream: NodeJS.WriteStream): string {
  const { dim, green, red } = colorsOf(stream);
  const paints = { good: green, bad: red, dim };
  return formatTable(table, {
    tone: (text, tone) => paints[tone](text),
    width: stream.columns ?? Infinity,
  });
}
