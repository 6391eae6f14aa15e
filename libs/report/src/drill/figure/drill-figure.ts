import type { DrillResult } from '@kafka-ha/history';
import { count } from '@kafka-ha/base';
import { markup, type Markup } from '../../text/markup.ts';
import { at, layout, type Panel } from './layout.ts';
import { lifelinesPanel } from './lifelines-panel.ts';
import { markLines, marksOf, marksPanel } from './marks-panel.ts';
import { minIsrPanel } from './min-isr-panel.ts';
import { stripsPanel } from './strips-panel.ts';
import { throughputPanel } from './throughput-panel.ts';
import { ticks, timeScale, type TimeScale } from './time-scale.ts';
import { seconds } from '../../text/numbers.ts';
import { interruptionLimit } from '../checks.ts';
import { milestones } from '../milestones.ts';
import { latencyLevels } from './latency-levels.ts';

const axisHeight = 38;

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

/** The figure in words, for those who do not see it. */
function describeFigure(result: DrillResult): string {
  const { interruptions, strips, title } = result;
  const limit = interruptionLimit(result);
  const events = milestones(result).map(
    ({ label, afterFaultMs }) => `${label} after ${seconds(afterFaultMs)}`,
  );
  return [
    `${title}.`,
    interruptions &&
      `Of ${count(interruptions.writing.perPartition.length, 'partition')}, the worst (partition ${interruptions.writing.worst.partition}) had no acknowledged write for ${seconds(interruptions.writing.worst.ms)}, the median one for ${seconds(interruptions.writing.medianMs)}${limit === null ? '' : `; the limit is ${seconds(limit)}`}.`,
    strips.partitions.length === 0 && 'What the partitions felt was not recorded.',
    events.length > 0 && `After the fault: ${events.join(', ')}.`,
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join(' ');
}

/** What the colours and patterns of the figure mean; only of what can occur in it. */
function legend({ strips, lifelines }: DrillResult): Markup {
  const writes = [
    ...latencyLevels.map(({ label }, level) =>
      entry(`<path class="level-${level}" stroke-width="12" d="M0 6H20"/>`, label),
    ),
    entry('<path class="silent" stroke-width="12" d="M0 6H20"/>', 'no acknowledgement'),
  ];
  const servers = [
    entry('<rect class="ready" y="2" width="20" height="8"/>', 'ready'),
    entry('<rect class="not-ready" y="2" width="20" height="8"/>', 'not ready'),
    entry('<rect class="gone" x=".5" y="2" width="19" height="8"/>', 'gone'),
  ];
  return markup`<dl class="legend">${strips.partitions.length > 0 && group('Writes', writes)}${lifelines.length > 0 && group('Servers', servers)}</dl>`;
}

function group(title: string, entries: readonly Markup[]): Markup {
  return markup`<div><dt>${title}</dt>${entries.map((one) => markup`<dd>${one}</dd>`)}</div>`;
}

function entry(shape: string, label: string): Markup {
  return markup`<svg class="swatch strips" viewBox="0 0 20 12" width="20" height="12" aria-hidden="true">${{ markup: shape }}</svg> ${label}`;
}

/** Numbers along the bottom, and what they count. */
function axis(scale: TimeScale, hasFault: boolean): Markup {
  const every = ticks(scale);
  const digits = every.some((ms) => (ms - scale.zeroMs) % 1000 !== 0) ? 1 : 0;
  return markup`<path class="axis" d="M0 0H${layout.plot}"/>${every.map((ms) => {
    const seconds = (ms - scale.zeroMs) / 1000;
    const text = `${seconds < 0 ? '−' : ''}${Math.abs(seconds).toFixed(digits)}`;
    return markup`<path class="axis" d="M${at(scale.x(ms))} 0v4"/><text class="quiet" x="${at(scale.x(ms))}" y="16" text-anchor="${anchorAt(scale.x(ms))}">${text}</text>`;
  })}<text class="quiet" x="${layout.plot / 2}" y="33" text-anchor="middle">${hasFault ? 'seconds after the fault' : 'seconds of the run'}</text>`;
}

/** The plot's left edge cuts off what lies beyond it; on the right there is the gutter. */
function anchorAt(x: number): 'start' | 'middle' {
  return x < 12 ? 'start' : 'middle';
}

/** Faint lines behind all panels. */
function gridLines(scale: TimeScale, height: number): Markup {
  const path = ticks(scale).map((ms) => `M${at(scale.x(ms))} 0V${at(height)}`);
  return markup`<path class="grid" d="${path.join('')}"/>`;
}
