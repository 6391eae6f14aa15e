import type { DrillResult } from '@kafka-ha/history';
import { markup, type Markup } from '../../text/markup.ts';
import { seconds } from '../../text/numbers.ts';
import { milestones } from '../milestones.ts';
import { at, type Panel } from './layout.ts';
import type { TimeScale } from './time-scale.ts';

/** A vertical line through all panels with a label in a row above them. */
export type Mark = { kind: 'fault' | 'after'; x: number; text: string; row: number };

const rowHeight = 15;
/** Wide enough for any sans-serif at this size: too much only costs a row. */
const charWidth = 6.1;

export function marksOf(result: DrillResult, { x }: TimeScale): Mark[] {
  const { faultMs } = result.phases;
  if (faultMs === null) return [];
  const marks = [
    { kind: 'fault' as const, ms: faultMs, text: 'fault' },
    ...milestones(result).map(({ ms, label, afterFaultMs }) => ({
      kind: 'after' as const,
      ms,
      text: `${label} ${afterFaultMs < 0 ? '−' : '+'}${seconds(Math.abs(afterFaultMs))}`,
    })),
  ].sort((a, b) => a.ms - b.ms);
  return inRows(marks.map(({ kind, ms, text }) => ({ kind, x: x(ms), text })));
}

/**
 * The highest row whose label and all labels below it end before this line: so no line runs through a label, however
 * close to each other the marks are.
 */
function inRows(marks: readonly Omit<Mark, 'row'>[]): Mark[] {
  const ends: number[] = [];
  return marks.map((mark) => {
    const row = ends.findLastIndex((end) => end > mark.x - 4) + 1;
    ends[row] = mark.x + 5 + mark.text.length * charWidth;
    return { ...mark, row };
  });
}

/** The labels alone; `markLines` draws what runs below them. */
export function marksPanel(marks: readonly Mark[]): Panel | null {
  if (marks.length === 0) return null;
  return {
    title: null,
    height: rowsOf(marks) * rowHeight,
    labels: markup``,
    plot: markup`${marks.map(labelOf)}`,
  };
}

/** Lines from each label down to `bottom`, both from the top of the labels. */
export function markLines(marks: readonly Mark[], bottom: number): Markup {
  return markup`${marks.map(({ kind, x, row }) => {
    const path = `M${at(x)} ${row * rowHeight + 2}V${at(bottom)}`;
    // A line of the background's colour below it, else it would drown in a dark strip.
    return markup`<path class="casing" d="${path}"/><path class="mark ${kind}" d="${path}"/>`;
  })}`;
}

function labelOf({ kind, x, text, row }: Mark): Markup {
  return markup`<text class="halo ${kind === 'fault' ? 'strong' : ''}" x="${at(x + 5)}" y="${row * rowHeight + 11}">${text}</text>`;
}

function rowsOf(marks: readonly Mark[]): number {
  return Math.max(...marks.map(({ row }) => row)) + 1;
}
