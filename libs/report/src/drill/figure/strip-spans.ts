import type { Strips } from '@kafka-ha/history';
import { levelOf } from './latency-levels.ts';

/** A stretch of a strip that looks the same. `level` is an index of the latency levels. */
export type StripSpan = { fromMs: number; toMs: number; level: number | 'silent' };

/**
 * A partition's strip as few spans. A step without an acknowledgement is silence only where it lasts: between two
 * writes of a slow load there is nothing to acknowledge, and such a step looks like the one before it.
 *
 * @param silentFromMs how long nothing must have been acknowledged to be called silence
 * @param perColumn steps that share one column of the drawing, which shows the worst of them
 */
export function stripSpans(
  { stepMs }: Pick<Strips, 'stepMs'>,
  { worstLatencyMs }: Pick<Strips['partitions'][number], 'worstLatencyMs'>,
  { silentFromMs, perColumn, toMs }: { silentFromMs: number; perColumn: number; toMs: number },
): StripSpan[] {
  const looks = worstOf(looksOf(worstLatencyMs, silentFromMs / stepMs), perColumn);
  const columnMs = stepMs * perColumn;
  const spans: StripSpan[] = [];
  for (const [index, level] of looks.entries()) {
    const fromMs = index * columnMs;
    if (level === null || fromMs >= toMs) continue;
    const last = spans.at(-1);
    const end = Math.min(fromMs + columnMs, toMs);
    if (last?.level === level && last.toMs === fromMs) last.toMs = end;
    else spans.push({ fromMs, toMs: end, level });
  }
  return spans;
}

type Look = StripSpan['level'] | null;

function looksOf(latencies: readonly (number | null)[], silentSteps: number): Look[] {
  const looks: Look[] = [];
  for (let index = 0; index < latencies.length;) {
    const latency = latencies[index] ?? null;
    let end = index + 1;
    if (latency === null) while (end < latencies.length && latencies[end] === null) end += 1;
    const look = latency === null ? quiet(end - index >= silentSteps, looks.at(-1)) : levelOf(latency);
    for (; index < end; index += 1) looks.push(look);
  }
  return looks;
}

function quiet(isSilence: boolean, before: Look | undefined): Look {
  return isSilence ? 'silent' : (before ?? null);
}

function worstOf(looks: readonly Look[], perColumn: number): Look[] {
  if (perColumn === 1) return [...looks];
  return Array.from({ length: Math.ceil(looks.length / perColumn) }, (_, column) =>
    looks.slice(column * perColumn, (column + 1) * perColumn).reduce(worse, null),
  );
}

function worse(a: Look, b: Look): Look {
  const rank = (look: Look) => (look === 'silent' ? Infinity : (look ?? -1));
  return rank(b) > rank(a) ? b : a;
}
