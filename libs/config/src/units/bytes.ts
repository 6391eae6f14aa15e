import { parseWith, patternOf, shortNumber } from './unit-table.ts';

export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;

const units = { Ki: KIB, Mi: MIB, Gi: GIB, Ti: 1024 * GIB, k: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** How a size is written: a Kubernetes quantity with a unit, e.g. `50Gi`. */
export const bytesPattern = patternOf(units);

/** Bytes of a Kubernetes quantity such as `50Gi` or `500M`; undefined where the text is not one. Rounded up, as Kubernetes does. */
export function parseBytes(text: string): number | undefined {
  const bytes = parseWith(units, text);
  return bytes === undefined ? undefined : Math.ceil(bytes);
}

/** Bytes in the notation of the cluster file, to three digits: `50Gi`, `42.5Gi`, `640Mi`, `100B`. */
export function formatBytes(bytes: number): string {
  const unit = (['Ti', 'Gi', 'Mi', 'Ki'] as const).find((name) => Math.abs(bytes) >= units[name]);
  return unit === undefined ? `${shortNumber(bytes)}B` : `${shortNumber(bytes / units[unit])}${unit}`;
}

/** In the notation of the cluster file, exactly: whole GiB where it is such, else MiB, rounded up. */
export function sizeText(bytes: number): string {
  return bytes % GIB === 0 ? `${bytes / GIB}Gi` : `${Math.ceil(bytes / MIB)}Mi`;
}
