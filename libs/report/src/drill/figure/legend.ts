import type { DrillResult } from '@kafka-ha/history';
import { markup, type Markup } from '../../text/markup.ts';
import { latencyLevels } from './latency-levels.ts';

/** What the colours and patterns of the figure mean; only of what can occur in it. */
export function legend({ strips, lifelines }: DrillResult): Markup {
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
