import type { FilledPanel } from './dashboard-data.ts';

type Found = FilledPanel['found'];
type Range = { fromMs: number; toMs: number };

/** The panels as a page: what stands where, in which colour, as Grafana would lay it out. Only for looking at. */
export function dashboardPage(panels: readonly FilledPanel[], range: Range): string {
  const articles = panels.map(
    (filled) =>
      `<article style="grid-column: span ${filled.panel.gridPos.w}"><h2>${escaped(filled.panel.title)}</h2>${bodyOf(filled, range)}</article>`,
  );
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><main>${articles.join('')}</main>`;
}

const style = `
body { margin: 8px; background: #111217; color: #d8d9e0; font: 13px sans-serif }
main { display: grid; grid-template-columns: repeat(24, 1fr); gap: 8px }
article { background: #1a1c22; padding: 8px }
h2 { font-size: 13px; margin: 0 0 6px }
.stat { font-size: 44px; text-align: center; color: #111 }
svg { width: 100%; height: 150px; display: block }
td { padding: 2px 12px 2px 0 }
.bar { height: 12px }`;

const inks = ['#73bf69', '#f2cc0c', '#5794f2', '#ff9830', '#b877d9', '#f2495c', '#8ab8ff', '#ffa6b0'];
const colors: Record<string, string> = { green: '#73bf69', orange: '#ff9830', red: '#f2495c' };

function bodyOf({ panel, found }: FilledPanel, range: Range): string {
  const last = (one: Found[number]) => one.series.points.at(-1)?.value ?? NaN;
  const text = (value: number) => valueText(value, panel.fieldConfig.defaults.unit);
  switch (panel.type) {
    case 'stat':
      return found
        .map(
          (one) =>
            `<div class="stat" style="background: ${colorOf(panel, last(one))}">${text(last(one))}</div>`,
        )
        .join('');
    case 'timeseries':
      return plot(found, range, text);
    case 'bargauge':
      return found
        .map((one) => {
          const width = Math.min(100, 100 * last(one));
          const bar = `<div class="bar" style="width: ${width}%; background: ${colorOf(panel, last(one))}"></div>`;
          return `<div>${escaped(one.name)}: ${text(last(one))}${bar}</div>`;
        })
        .join('');
    default:
      return `<table>${found.map((one) => `<tr><td>${escaped(one.name)}<td>${text(last(one))}`).join('')}</table>`;
  }
}

function plot(found: Found, { fromMs, toMs }: Range, text: (value: number) => string): string {
  const finite = found
    .flatMap(({ series }) => series.points.map(({ value }) => value))
    .filter(Number.isFinite);
  const most = Math.max(1e-9, ...finite);
  const least = Math.min(0, ...finite);
  const x = (atMs: number) => (600 * (atMs - fromMs)) / (toMs - fromMs);
  const y = (value: number) => 145 - (140 * (value - least)) / (most - least);
  const ink = (index: number) => inks[index % inks.length];
  const lines = found.map(({ series }, index) => {
    const points = series.points.map(({ atMs, value }) => `${x(atMs).toFixed(1)},${y(value).toFixed(1)}`);
    return `<polyline fill="none" stroke="${ink(index)}" stroke-width="1.5" points="${points.join(' ')}"/>`;
  });
  const names = found.map(({ name }, index) => `<span style="color: ${ink(index)}">${escaped(name)}</span>`);
  const scale = `${text(least)} to ${text(most)}`;
  return `<svg viewBox="0 0 600 150" preserveAspectRatio="none">${lines.join('')}</svg><div>${scale}: ${names.join(' · ')}</div>`;
}

function colorOf({ fieldConfig }: FilledPanel['panel'], value: number): string {
  const steps = fieldConfig.defaults.thresholds?.steps ?? [];
  const step = steps.findLast(({ value: from }) => from === null || value >= from);
  return colors[step?.color ?? ''] ?? '#8e8e8e';
}

function valueText(value: number, unit: string): string {
  if (unit === 'percentunit') return `${Math.round(100 * value)} %`;
  if (unit === 'bytes' || unit === 'Bps')
    return `${(value / 1e6).toFixed(2)} MB${unit === 'Bps' ? '/s' : ''}`;
  return `${Math.round(10 * value) / 10}${unit === 's' ? ' s' : ''}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
