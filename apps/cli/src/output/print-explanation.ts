import type { Explanation } from '@kafka-ha/config';
import { colorsOf } from './colors.ts';

/** Sections of label, value and reason, in columns. */
export function printExplanation({ sections }: Explanation, stream: NodeJS.WriteStream): void {
  const { bold, dim } = colorsOf(stream);
  const lines = sections.flatMap(({ title, lines }) => {
    const labels = Math.max(...lines.map(({ label }) => label.length));
    const values = Math.max(...lines.map(({ value }) => value.length));
    return [
      '',
      bold(title),
      ...lines.map(({ label, value, why }) =>
        `  ${label.padEnd(labels)}  ${value.padEnd(values)}  ${dim(why)}`.trimEnd(),
      ),
    ];
  });
  stream.write(`${lines.join('\n')}\n`);
}
