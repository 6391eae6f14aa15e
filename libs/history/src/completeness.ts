import type { History } from './history.ts';
import { intendedMs } from './run.ts';
import type { PartitionHistory } from './partition-history.ts';

/**
 * What is missing from a history, in sentences. With `writing` empty, the figures of writing are whole; with `consuming` empty,
 * those of the group of consumers.
 */
export type Incompleteness = { writing: string[]; reading: string[]; consuming: string[] };

export function completeness(history: History, partitions: readonly PartitionHistory[]): Incompleteness {
  return {
    writing: [...history.defects, ...writing(history, partitions)],
    reading: reading(history, partitions),
    consuming: consuming(history),
  };
}

function writing(history: History, partitions: readonly PartitionHistory[]): string[] {
  if (!history.writerEnd) return ['the writer did not finish'];
  if (history.acknowledged.length === 0 && history.unacknowledged.length === 0)
    return ['nothing was written'];
  const { stoppedMs } = history.writerEnd;
  let untold = 0;
  for (const { partition, writes } of partitions) {
    for (let seq = 0; intendedMs(history.run, partition, seq) < stoppedMs; seq += 1) {
      if ((writes.get(seq)?.outcome ?? 'untold') === 'untold') untold += 1;
    }
  }
  return untold > 0 ? [`the writer did not report the outcome of ${untold} writes`] : [];
}

function consuming({ run, group }: History): string[] {
  if ((run.consumers ?? 0) === 0) return [];
  if (!group.end) return ['the consumers did not finish'];
  return group.end.complete ? [] : [`the consumers did not finish: ${group.end.reason ?? 'no reason given'}`];
}

function reading(history: History, partitions: readonly PartitionHistory[]): string[] {
  const end = history.readerEnd;
  if (!end) return ['the reader did not finish'];
  if (!end.complete) return [`the reader did not reach the end: ${end.reason ?? 'no reason given'}`];
  return partitions.flatMap(({ partition, startOffset, passes }) => {
    const from = end.from[partition] ?? NaN;
    const to = end.to[partition] ?? NaN;
    if (from > startOffset)
      return [
        `partition ${partition}: offsets ${startOffset} to ${from - 1} were removed before they were read back`,
      ];
    const last = passes.final.reads.at(-1);
    const next = Math.max(
      startOffset,
      last ? last.offset + last.count : 0,
      ...[...passes.final.corrupt].map((offset) => offset + 1),
      ...passes.final.foreign.map(({ offset }) => offset + 1),
    );
    return next >= to ? [] : [`partition ${partition}: read back to offset ${next} of ${to}`];
  });
}
