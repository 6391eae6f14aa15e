/** Upper ends in milliseconds, each about three times the one before: the colours tell magnitudes. The last has none. */
export const latencyLevels: readonly { uptoMs: number; label: string }[] = [
  { uptoMs: 20, label: '≤ 20 ms' },
  { uptoMs: 60, label: '≤ 60 ms' },
  { uptoMs: 200, label: '≤ 200 ms' },
  { uptoMs: 600, label: '≤ 600 ms' },
  { uptoMs: 2000, label: '≤ 2 s' },
  { uptoMs: Infinity, label: '> 2 s' },
];

export function levelOf(latencyMs: number): number {
  return latencyLevels.findIndex(({ uptoMs }) => latencyMs <= uptoMs);
}
