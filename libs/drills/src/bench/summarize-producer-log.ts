import type { Latency } from './bench-result.ts';
import { writtenMs, type Interval, type ProducerLog } from './producer-log.ts';

export type Summary = { records: number; durationMs: number; recordsPerSecond: number; latency: Latency };

/** A run's figures: those of its own last line or, where it was cut short, what its intervals add up to. */
export function summarizeProducerLog(log: ProducerLog): Summary {
  const { total, intervals } = log;
  if (total !== undefined) {
    const { records, recordsPerSecond, averageLatency, maxLatency, p50, p95, p99 } = total;
    const latency = { average: averageLatency, max: maxLatency, p50, p95, p99 };
    return { records, recordsPerSecond, durationMs: (1000 * records) / recordsPerSecond, latency };
  }
  const records = sumOf(intervals, (interval) => interval.records);
  const durationMs = writtenMs(log);
  const latencySum = sumOf(intervals, (interval) => interval.records * interval.averageLatency);
  return {
    records,
    durationMs,
    recordsPerSecond: durationMs === 0 ? 0 : (1000 * records) / durationMs,
    latency: {
      average: records === 0 ? 0 : latencySum / records,
      max: Math.max(0, ...intervals.map(({ maxLatency }) => maxLatency)),
      p50: null,
      p95: null,
      p99: null,
    },
  };
}

function sumOf(intervals: readonly Interval[], figure: (interval: Interval) => number): number {
  return intervals.reduce((sum, interval) => sum + figure(interval), 0);
}
