import { markup, type Markup } from '../../text/markup.ts';
import { at, layout } from './layout.ts';
import { ticks, type TimeScale } from './time-scale.ts';

export const axisHeight = 38;

/** Numbers along the bottom, and what they count. */
export function axis(scale: TimeScale, hasFault: boolean): Markup {
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
export function gridLines(scale: TimeScale, height: number): Markup {
  const path = ticks(scale).map((ms) => `M${at(scale.x(ms))} 0V${at(height)}`);
  return markup`<path class="grid" d="${path.join('')}"/>`;
}
