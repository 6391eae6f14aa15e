import { shortNumber } from './unit-table.ts';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 60e3, h: 3600e3 };

/** How a duration is written, e.g. `60s`, `500ms` or `1h30m`. */
export const durationPattern = /^(\d+(\.\d+)?(ms|s|m|h))+$/;

/** Milliseconds of a duration such as `60s`, `500ms` or `1h30m`; undefined where the text is not one. */
export function parseDuration(text: string): number | undefined {
  if (!durationPattern.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)];
  return parts.reduce((sum, [, number = '', unit = '']) => sum + Number(number) * (units[unit] ?? 0), 0);
}

/** Milliseconds as a person says them, coarser as they grow: `500ms`, `12.7s`, `6m18s`, `3h5m`. */
export function formatDuration(ms: number): string {
  if (ms < 1e3) return `${shortNumber(ms)}ms`;
  if (ms < 120e3) return `${shortNumber(ms / 1e3)}s`;
  if (ms < 7200e3) return twoUnits(Math.round(ms / 1e3), 60, 'm', 's');
  return twoUnits(Math.round(ms / 60e3), 60, 'h', 'm');
}

function twoUnits(count: number, perUnit: number, unit: string, rest: string): string {
  const remainder = count % perUnit;
  return `${Math.floor(count / perUnit)}${unit}${remainder === 0 ? '' : `${remainder}${rest}`}`;
}
