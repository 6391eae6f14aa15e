import type { Report } from './anomalies.ts';
import type { History } from './history.ts';

/**
 * The end of a partition, as ListOffsets tells it, never moves backwards, not even over a change of the leader
 * (KIP-207: a new leader does not answer before it knows the high watermark).
 */
export function checkWatermarks({ watermarks, run }: History, report: Report): void {
  const highest = [...run.startOffsets];
  for (const { ms, offsets } of watermarks) {
    for (const [partition, offset] of offsets.entries()) {
      const before = highest[partition] ?? 0;
      if (offset === null) continue;
      if (offset < before) {
        const detail = `the end was ${before}, and ${offset} at ${ms} ms`;
        report('watermark-back', { partition, offset, detail });
      }
      highest[partition] = offset;
    }
  }
}
