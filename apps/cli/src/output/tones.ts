import type { TableStyle } from '@kafka-ha/report';
import { colorsOf } from './colors.ts';

/** How the cells of a table are painted. */
export function tonesOf(stream: NodeJS.WriteStream): TableStyle['tone'] {
  const { dim, green, red } = colorsOf(stream);
  const paints = { good: green, bad: red, dim };
  return (text, tone) => paints[tone](text);
}
