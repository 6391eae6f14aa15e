/** How CPU is written: cores, e.g. `1` or `0.5`, or thousandths of one, e.g. `500m`. */
export const cpuPattern = /^(\d+(\.\d+)?|\d+m)$/;

/** Thousandths of a core; undefined where the text is not a CPU quantity. */
export function parseCpu(text: string): number | undefined {
  if (!cpuPattern.test(text)) return undefined;
  return text.endsWith('m') ? Number(text.slice(0, -1)) : Math.round(Number(text) * 1000);
}

/** Thousandths of a core in the notation of the cluster file: `250m`, `1`, `1500m`. */
export function formatCpu(millis: number): string {
  return millis % 1000 === 0 ? String(millis / 1000) : `${Math.round(millis)}m`;
}
