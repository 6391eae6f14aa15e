import { parseWith, patternOf, shortNumber } from './unit-table.ts';

const units = {
  'B/s': 1,
  'kB/s': 1e3,
  'MB/s': 1e6,
  'GB/s': 1e9,
  'KiB/s': 1024,
  'MiB/s': 1024 ** 2,
  'GiB/s': 1024 ** 3,
};

/** How a rate is written, e.g. `100MB/s`. */
export const ratePattern = patternOf(units);

/** Bytes per second of a rate such as `100MB/s` (decimal) or `100MiB/s` (binary); undefined where the text is not one. */
export function parseRate(text: string): number | undefined {
  return parseWith(units, text);
}

/** Bytes per second, to three digits, in decimal units as networks and volumes are sold: `100MB/s`, `33.3MB/s`. */
export function formatRate(bytesPerSecond: number): string {
  const unit = (['GB/s', 'MB/s', 'kB/s'] as const).find((name) => Math.abs(bytesPerSecond) >= units[name]);
  return unit === undefined
    ? `${shortNumber(bytesPerSecond)}B/s`
    : `${shortNumber(bytesPerSecond / units[unit])}${unit}`;
}
