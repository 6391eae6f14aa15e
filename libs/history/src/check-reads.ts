import type { Report } from './anomalies.ts';
import type { Pass } from './line.ts';
import type { PartitionHistory } from './partition-history.ts';
import { seqsOf } from './partition-history.ts';

/** What a reader must not meet: records that nobody wrote, wrong ones, steps back, gaps, older leader epochs. */
export function checkReads(
  runId: string,
  partition: PartitionHistory,
  { everyLine }: { everyLine: boolean },
  report: Report,
): void {
  const certain: Report = (kind, anomaly) => {
    if (everyLine || kind !== 'read-gap') report(kind, anomaly);
  };
  for (const pass of ['live', 'final'] as const) {
    checkRecords(runId, partition, pass, { everyLine }, report);
    checkSequence(partition, pass, certain);
  }
}

function checkRecords(
  runId: string,
  { partition, writes, passes }: PartitionHistory,
  pass: Pass,
  { everyLine }: { everyLine: boolean },
  report: Report,
): void {
  const { reads, corrupt, foreign } = passes[pass];
  for (const offset of corrupt) report('corrupted', { partition, offset, detail: 'the checksum is wrong' });
  // A record of another run is no anomaly: that run's last writes may arrive after its end.
  for (const { offset, run, ofPartition, ofSeq } of foreign.filter(({ run }) => run === runId)) {
    const record = `${ofPartition}/${ofSeq}`;
    report('phantom', {
      partition,
      record,
      offset,
      detail: `this record of run ${run} belongs to another partition`,
    });
  }
  for (const read of reads) {
    for (const seq of seqsOf(read)) {
      const write = writes.get(seq);
      const at = { partition, record: `${partition}/${seq}`, offset: read.offset + seq - read.seq };
      if (write?.outcome === 'failed')
        report('phantom', { ...at, detail: 'its write had definitely failed' });
      else if (write?.sentMs === undefined && everyLine)
        report('phantom', { ...at, detail: 'it was never sent' });
    }
  }
}

function checkSequence(
  { partition, startOffset, passes }: PartitionHistory,
  pass: Pass,
  report: Report,
): void {
  const { reads, corrupt, foreign } = passes[pass];
  const others = new Set([...corrupt, ...foreign.map(({ offset }) => offset)]);
  let next = startOffset;
  let epoch = -1;
  for (const read of reads) {
    const record = `${partition}/${read.seq}`;
    if (read.offset < next) {
      const detail = `the ${pass} read went from offset ${next - 1} back to ${read.offset}`;
      report('read-back', { partition, record, offset: read.offset, detail });
    } else {
      const missing = range(next, read.offset).filter((offset) => !others.has(offset));
      if (missing.length > 0) {
        const detail = `the ${pass} read went from offset ${next - 1} to ${read.offset}`;
        report('read-gap', { partition, offset: missing[0], detail });
      }
      if (read.epoch >= 0 && read.epoch < epoch) {
        const detail = `leader epoch ${read.epoch} after ${epoch}`;
        report('epoch-back', { partition, record, offset: read.offset, detail });
      }
    }
    next = read.offset + read.count;
    if (read.epoch >= 0) epoch = read.epoch;
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
