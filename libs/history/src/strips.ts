import type { Strips } from './drill-result.ts';
import type { History } from './history.ts';
import { seqsOf } from './partition-history.ts';
import { intendedMs } from './run.ts';

/**
 * What each partition felt from the run's start on, in steps of equal length: how many writes were acknowledged in a
 * step, and how long the slowest of them had taken since its intended time.
 */
export function strips(history: History, { stepMs, toMs }: { stepMs: number; toMs: number }): Strips {
  const steps = Math.ceil(toMs / stepMs);
  const partitions = history.run.startOffsets.map((_, partition) => ({
    partition,
    worstLatencyMs: Array.from({ length: steps }, (): number | null => null),
    acknowledged: Array.from({ length: steps }, () => 0),
  }));
  for (const told of history.acknowledged) {
    const step = Math.floor(told.ms / stepMs);
    const strip = partitions[told.partition];
    if (!strip || step >= steps) continue;
    for (const seq of seqsOf(told)) {
      const latencyMs = told.ms - intendedMs(history.run, told.partition, seq);
      strip.worstLatencyMs[step] = Math.max(strip.worstLatencyMs[step] ?? 0, latencyMs);
    }
    strip.acknowledged[step] = (strip.acknowledged[step] ?? 0) + told.count;
  }
  return { stepMs, partitions };
}
