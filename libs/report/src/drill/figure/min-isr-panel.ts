import type { DrillResult } from '@kafka-ha/history';
import { markup, type Markup } from '../../text/markup.ts';
import { at, layout, type Panel } from './layout.ts';
import type { TimeScale } from './time-scale.ts';

const height = 54;

/** The smallest in-sync set of any partition as a step line, and the size below which nothing is acknowledged. */
export function minIsrPanel({ minIsr, cluster }: DrillResult, scale: TimeScale): Panel | null {
  const [first] = minIsr;
  if (!first) return null;
  const { minInSync } = cluster;
  const most = Math.max(cluster.brokers, minInSync, ...minIsr.map(({ size }) => size));
  const y = (size: number) => height - (size / most) * height;
  const steps = minIsr.slice(1).map(({ ms, size }) => `H${at(scale.x(ms))}V${at(y(size))}`);
  const line = `M${at(scale.x(first.ms))} ${at(y(first.size))}${steps.join('')}H${at(scale.x(scale.toMs))}`;
  return {
    title: 'Smallest in-sync set of any partition',
    height,
    labels: markup`${[...new Set([most, minInSync, 0])].map((size) => label(String(size), layout.labels - 8, y(size), 'end'))}`,
    plot: markup`<path class="area" d="${line}V${height}H${at(scale.x(first.ms))}Z"/>${tooSmall(minIsr, minInSync, scale, y)}
<path class="limit" d="M0 ${at(y(minInSync))}H${layout.plot}"/>${label('min.insync', layout.plot + 8, y(minInSync), 'start')}
<path class="line" d="${line}"/>`,
  };
}

/** Where a partition had fewer in sync than a write needs. */
function tooSmall(
  minIsr: DrillResult['minIsr'],
  minInSync: number,
  { x, toMs }: TimeScale,
  y: (size: number) => number,
): Markup[] {
  return minIsr.flatMap(({ ms, size }, index) => {
    if (size >= minInSync) return [];
    const width = x(minIsr[index + 1]?.ms ?? toMs) - x(ms);
    return [
      markup`<rect class="silence" x="${at(x(ms))}" y="${at(y(minInSync))}" width="${at(width)}" height="${at(y(size) - y(minInSync))}"/>`,
    ];
  });
}

function label(text: string, x: number, y: number, anchor: 'start' | 'end'): Markup {
  return markup`<text class="quiet" x="${x}" y="${at(y)}" dy=".35em" text-anchor="${anchor}">${text}</text>`;
}
