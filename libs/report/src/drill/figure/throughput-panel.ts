import { grouped } from '@kafka-ha/base';
import type { DrillResult, Strips } from '@kafka-ha/history';
import { markup } from '../../text/markup.ts';
import { at, layout, type Panel } from './layout.ts';
import { stepsPerColumn } from './strips-panel.ts';
import type { TimeScale } from './time-scale.ts';

const height = 54;

/** What waited is acknowledged in a burst: beyond this many times the load, the panel is cut and its title tells the peak. */
const cutAt = 2.5;

/** Acknowledged writes per second over all partitions, and how many were meant to be. */
export function throughputPanel({ strips, run }: DrillResult, scale: TimeScale): Panel | null {
  if (strips.partitions.length === 0) return null;
  const columnMs = strips.stepMs * stepsPerColumn(strips);
  const rates = ratesOf(strips);
  const load = run ? run.partitions * run.ratePerSecond : null;
  const peak = Math.max(1, ...rates);
  const top = load === null ? peak : Math.max(load * 1.25, Math.min(peak, load * cutAt));
  const y = (rate: number) => height - (Math.min(rate, top) / top) * height;
  const steps = rates.map((rate, index) => `V${at(y(rate))}H${at(scale.x((index + 1) * columnMs))}`);
  return {
    title: `Acknowledged writes per second${peak > top ? ` (the highest burst, ${grouped(Math.round(peak))}, is cut off)` : ''}`,
    height,
    labels: markup`${[...(load === null ? [Math.round(peak)] : [load]), 0].map(
      (rate) =>
        markup`<text class="quiet" x="${layout.labels - 8}" y="${at(y(rate))}" dy=".35em" text-anchor="end">${grouped(rate)}</text>`,
    )}`,
    plot: markup`<path class="area throughput" d="M0 ${height}${steps.join('')}V${height}Z"/>${
      load !== null &&
      markup`<path class="limit" d="M0 ${at(y(load))}H${layout.plot}"/><text class="quiet" x="${layout.plot + 8}" y="${at(y(load))}" dy=".35em">load</text>`
    }`,
  };
}

function ratesOf(strips: Strips): number[] {
  const perColumn = stepsPerColumn(strips);
  const steps = Math.max(...strips.partitions.map(({ acknowledged }) => acknowledged.length));
  return Array.from({ length: Math.ceil(steps / perColumn) }, (_, column) => {
    const [from, to] = [column * perColumn, Math.min(steps, (column + 1) * perColumn)];
    const writes = strips.partitions.flatMap(({ acknowledged }) => acknowledged.slice(from, to));
    return writes.reduce((sum, value) => sum + value, 0) / (((to - from) * strips.stepMs) / 1000);
  });
}
