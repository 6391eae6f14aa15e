import type { Markup } from '../../text/markup.ts';

/** In units of the drawing, which are pixels where it is shown at its own size: a desktop shows it larger, paper smaller. */
export const layout = {
  /** Names of rows; a column of its own that stays in sight while the plot scrolls. */
  labels: 88,
  plot: 750,
  /** Right of the plot: figures of a row. */
  gutter: 72,
  /** Between panels, and the line that titles one. */
  gap: 16,
  title: 18,
} as const;

/** One part of a drill's figure. Drawn from y = 0; whoever stacks panels moves them down. */
export type Panel = { title: string | null; height: number; labels: Markup; plot: Markup };

/** A coordinate: a tenth of a pixel is as fine as anybody sees, and every digit counts in a page of thousands of them. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}
