import { count } from '@kafka-ha/base';
import { formatRate } from '@kafka-ha/config';
import type { DrillResult } from '@kafka-ha/history';

/** What was written beside the load that is checked; null where that was nothing. */
export function producerSentence({ throughput }: Pick<DrillResult, 'throughput'>): string | null {
  if (throughput === undefined) return null;
  const { bytesPerSecond, reachedBytesPerSecond, failedRecords } = throughput;
  const wrote = `Beside the load a producer wrote ${formatRate(reachedBytesPerSecond)} of ${formatRate(bytesPerSecond)}`;
  return failedRecords === 0 ? `${wrote}.` : `${wrote}; ${count(failedRecords, 'record')} failed.`;
}
