import type { DrillResult, Strips } from '@kafka-ha/history';
import { markup, type Markup } from '../../text/markup.ts';
import { plainSeconds } from '../../text/numbers.ts';
import { at, layout, type Panel } from './layout.ts';
import { stripSpans, type StripSpan } from './strip-spans.ts';
import type { TimeScale } from './time-scale.ts';

/** Rows must have this height before each can carry a number that is read. */
const readableRow = 11;

/** A strip for each partition: the worst latency of what was acknowledged, and silence. */
export function stripsPanel(result: DrillResult, scale: TimeScale): Panel | null {
  const { strips, run } = result;
  const rows = strips.partitions.length;
  if (rows === 0) return null;
  const rowHeight = Math.min(14, Math.max(4, Math.floor(300 / rows)));
  const barHeight = rowHeight - (rowHeight > 6 ? 2 : 1);
  const options = {
    // Three writes that were due and not acknowledged: fewer may be jitter.
    silentFromMs: run ? 3 * (1000 / run.ratePerSecond) : 0,
    perColumn: stepsPerColumn(strips),
    toMs: run?.toMs ?? scale.toMs,
  };
  const y = (index: number) => index * rowHeight + barHeight / 2;
  return {
    title: 'Partitions: latency of acknowledged writes, and interruptions',
    height: rows * rowHeight,
    labels: markup`${strips.partitions
      .filter((_, index) => index % labelEvery(rowHeight) === 0)
      .map(({ partition }, index) =>
        label(String(partition), layout.labels - 8, y(index * labelEvery(rowHeight)), 'end'),
      )}`,
    plot: markup`<g class="strips" stroke-width="${barHeight}">${strips.partitions.map((partition, index) =>
      strip(stripSpans(strips, partition, options), y(index), scale),
    )}</g>${silences(result, { rowHeight, y })}`,
  };
}

/** No column narrower than a unit of the drawing: finer steps would only make the page heavier. */
export function stepsPerColumn({ partitions }: Strips): number {
  const steps = Math.max(1, ...partitions.map(({ acknowledged }) => acknowledged.length));
  return Math.ceil(steps / layout.plot);
}

/** One path for each colour: a horizontal stroke for each span. A rectangle for each would be ten times the text. */
function strip(spans: readonly StripSpan[], y: number, { x }: TimeScale): Markup {
  const levels = [...new Set(spans.map(({ level }) => level))];
  return markup`${levels.map((level) => {
    const path = spans
      .filter((span) => span.level === level)
      .map(({ fromMs, toMs }) => `M${at(x(fromMs))} ${at(y)}H${at(x(toMs))}`);
    return markup`<path class="${level === 'silent' ? 'silent' : `level-${level}`}" d="${path.join('')}"/>`;
  })}`;
}

/** The longest silence of each partition, or of the worst alone where rows are too thin for figures. */
function silences(
  { interruptions, strips }: DrillResult,
  { rowHeight, y }: { rowHeight: number; y: (index: number) => number },
): Markup | null {
  if (!interruptions) return null;
  const { perPartition, worst } = interruptions.writing;
  const figures = strips.partitions.flatMap(({ partition }, index) => {
    const ms = perPartition.find((figure) => figure.partition === partition)?.ms;
    const isWorst = partition === worst.partition;
    if (ms === undefined || (rowHeight < readableRow && !isWorst)) return [];
    return [label(plainSeconds(ms), layout.plot + 8, y(index), 'start', isWorst ? 'strong' : 'quiet')];
  });
  return markup`${label('longest, s', layout.plot + 8, -layout.title / 2, 'start', 'quiet')}${figures}`;
}

function label(text: string, x: number, y: number, anchor: 'start' | 'end', tone = ''): Markup {
  return markup`<text class="${tone}" x="${at(x)}" y="${at(y)}" dy=".35em" text-anchor="${anchor}">${text}</text>`;
}

function labelEvery(rowHeight: number): number {
  return [1, 2, 5, 10, 20].find((every) => every * rowHeight >= readableRow) ?? 50;
}
