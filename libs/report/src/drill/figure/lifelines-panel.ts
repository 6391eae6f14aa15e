import type { DrillResult, Lifeline } from '@kafka-ha/history';
import { components } from '@kafka-ha/manifests';
import { markup, type Markup } from '../../text/markup.ts';
import { keeperIn } from '../describe-cluster.ts';
import { shortName } from '../victims.ts';
import { at, layout, type Panel } from './layout.ts';
import type { TimeScale } from './time-scale.ts';

const rowHeight = 15;
const barHeight = 8;

/** A line for each pod of the cluster: ready, there but not ready, gone. */
export function lifelinesPanel(result: DrillResult, scale: TimeScale): Panel | null {
  const { lifelines, victims } = result;
  if (lifelines.length === 0) return null;
  const middle = (index: number) => index * rowHeight + rowHeight / 2;
  return {
    title: `Brokers and ${components[keeperIn(result)].noun}s`,
    height: lifelines.length * rowHeight,
    labels: markup`${lifelines.map(
      ({ name }, index) =>
        markup`<text class="${victims.includes(name) ? 'strong' : ''}" x="${layout.labels - 8}" y="${at(middle(index))}" dy=".35em" text-anchor="end">${shortName(name, result)}</text>`,
    )}`,
    plot: markup`${lifelines.map(({ spans }, index) => spans.map((span) => bar(span, middle(index), scale)))}`,
  };
}

function bar({ fromMs, toMs, state }: Lifeline['spans'][number], y: number, { x }: TimeScale): Markup {
  const [left, right] = [x(fromMs), x(toMs)];
  return markup`<rect class="${state}" x="${at(left)}" y="${at(y - barHeight / 2)}" width="${at(Math.max(1, right - left))}" height="${barHeight}"/>`;
}
