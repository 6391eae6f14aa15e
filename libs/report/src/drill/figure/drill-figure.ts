import type { DrillResult } from '@kafka-ha/history';
import { markup, type Markup } from '../../text/markup.ts';
import { axis, axisHeight, gridLines } from './axis.ts';
import { describeFigure } from './describe-figure.ts';
import { at, layout, type Panel } from './layout.ts';
import { legend } from './legend.ts';
import { lifelinesPanel } from './lifelines-panel.ts';
import { markLines, marksOf, marksPanel } from './marks-panel.ts';
import { minIsrPanel } from './min-isr-panel.ts';
import { stripsPanel } from './strips-panel.ts';
import { throughputPanel } from './throughput-panel.ts';
import { timeScale, type TimeScale } from './time-scale.ts';

/**
 * A drill on one time axis: partitions, servers, in-sync sets, throughput, and when what happened.
 *
 * Drawn by own functions rather than a chart library: a library's heat map is one shape for each of a hundred thousand
 * cells, and none lays five kinds of panel under marks that run through all of them. Row names are a drawing of their own so that they
 * stay in sight while the rest scrolls on a narrow screen.
 *
 * @param id unique in the page
 */
export function drillFigure(result: DrillResult, id: string): Markup {
  const scale = timeScale(result);
  const marks = marksOf(result, scale);
  const panels = [
    marksPanel(marks),
    stripsPanel(result, scale),
    lifelinesPanel(result, scale),
    minIsrPanel(result, scale),
    throughputPanel(result, scale),
  ].filter((panel) => panel !== null);
  const { placed, bottom } = stack(panels);
  const height = Math.ceil(bottom + axisHeight);
  const width = layout.plot + layout.gutter;
  return markup`<figure>
<div class="scroll" tabindex="0" role="group" aria-label="Timeline of ${result.fault}">
<div class="canvas">
<svg class="row-names" viewBox="0 0 ${layout.labels} ${height}" aria-hidden="true">${placed.map(({ panel, y }) => move(y, panel.labels))}</svg>
<svg class="plot" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-description">
<title id="${id}-title">Timeline of ${result.fault}</title>
<desc id="${id}-description">${describeFigure(result)}</desc>
${gridLines(scale, bottom)}${interruptionBand(result, scale, bottom)}
${placed.map(({ panel, y }) => move(y, panel.plot))}
${move(bottom, axis(scale, result.phases.faultMs !== null))}
${markLines(marks, bottom)}${placed.map(({ panel, y }) => titleOf(panel, y))}
</svg>
</div>
</div>
<figcaption>${legend(result)}</figcaption>
</figure>`;
}

type Placed = { panel: Panel; y: number };

function stack(panels: readonly Panel[]): { placed: Placed[]; bottom: number } {
  const placed: Placed[] = [];
  let bottom = 0;
  for (const panel of panels) {
    const y = bottom + (placed.length > 0 ? layout.gap : 0) + (panel.title === null ? 0 : layout.title);
    placed.push({ panel, y });
    bottom = y + panel.height;
  }
  return { placed, bottom: bottom + 6 };
}

function titleOf({ title }: Panel, y: number): Markup | null {
  if (title === null) return null;
  return markup`<text class="title halo" x="0" y="${at(y - 7)}">${title}</text>`;
}

/** From the fault until every partition was acknowledged again. */
function interruptionBand({ phases }: DrillResult, { x }: TimeScale, bottom: number): Markup | null {
  const { faultMs, acknowledgedMs } = phases;
  if (faultMs === null || acknowledgedMs === null || acknowledgedMs <= faultMs) return null;
  return markup`<rect class="band" x="${at(x(faultMs))}" y="0" width="${at(x(acknowledgedMs) - x(faultMs))}" height="${at(bottom)}"/>`;
}

function move(y: number, content: Markup): Markup {
  return markup`<g transform="translate(0 ${at(y)})">${content}</g>`;
}
