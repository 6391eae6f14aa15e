import { type Anomalies, collectAnomalies, type Report } from './anomalies.ts';
import { checkReads } from './check-reads.ts';
import { checkWrites } from './check-writes.ts';
import { checkCommits, checkDeliveries } from './check-group.ts';
import { completeness, type Incompleteness } from './completeness.ts';
import type { History } from './history.ts';
import { byPartition, type PartitionHistory } from './partition-history.ts';

export type Findings = {
  /** Why this is not the whole story. Without any of these, a success may be concluded. */
  incomplete: Incompleteness;
  anomalies: Anomalies;
  counts: RecordCounts;
};

export type RecordCounts = {
  sent: number;
  acknowledged: number;
  /** Surely not written. */
  failed: number;
  /** Perhaps written, as the writer saw it; the final read told which. */
  unknown: number;
  unknownFound: number;
  /** Distinct records that the final read found. */
  read: number;
};

/**
 * Compares what was written with what was read. Certain whatever the client did: it trusts neither the order of sends
 * nor of acknowledgements beyond "this one was acknowledged before that one left".
 *
 * What is told by something being absent is left out where it may only be missing from the log: of an incomplete
 * history, lost records and offset mismatches; of a log with defects, phantoms and gaps too.
 */
export function check(history: History): Findings {
  const { anomalies, report } = collectAnomalies();
  const partitions = byPartition(history);
  const incomplete = completeness(history, partitions);
  const readToTheEnd = incomplete.writing.length + incomplete.reading.length === 0;
  for (const partition of partitions) {
    checkReads(history.run.id, partition, { everyLine: history.defects.length === 0 }, report);
    checkWrites(partition, { readToTheEnd }, report);
    if (readToTheEnd && history.group.end?.complete === true) checkDeliveries(partition, report);
  }
  checkWatermarks(history, report);
  checkCommits(history, report);
  return { incomplete, anomalies, counts: count(partitions) };
}

function count(partitions: readonly PartitionHistory[]): RecordCounts {
  const counts: RecordCounts = { sent: 0, acknowledged: 0, failed: 0, unknown: 0, unknownFound: 0, read: 0 };
  for (const { writes, passes } of partitions) {
    counts.read += passes.final.offsets.size;
    for (const { seq, sentMs, outcome } of writes.values()) {
      if (sentMs !== undefined) counts.sent += 1;
      if (outcome === 'acknowledged') counts.acknowledged += 1;
      else if (outcome === 'failed') counts.failed += 1;
      else {
        counts.unknown += 1;
        if (passes.final.offsets.has(seq)) counts.unknownFound += 1;
      }
    }
  }
  return counts;
}

/**
 * The end of a partition, as ListOffsets tells it, never moves backwards, not even over a change of the leader
 * (KIP-207: a new leader does not answer before it knows the high watermark).
 */
function checkWatermarks({ watermarks, run }: History, report: Report): void {
  const highest = [...run.startOffsets];
  for (const { ms, offsets } of watermarks) {
    for (const [partition, offset] of offsets.entries()) {
      const before = highest[partition] ?? 0;
      if (offset === null) continue;
      if (offset < before) {
        const detail = `the end was ${before}, then ${offset} at ${ms} ms`;
        report('watermark-back', { partition, offset, detail });
      }
      highest[partition] = offset;
    }
  }
}
