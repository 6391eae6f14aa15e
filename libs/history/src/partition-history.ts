import type { Pass } from './line.ts';
import type { History, Read, Span } from './history.ts';

/** What is known of one partition, by record. */
export type PartitionHistory = {
  partition: number;
  startOffset: number;
  /** By sequence number. */
  writes: Map<number, Write>;
  passes: Record<Pass, PassHistory>;
};

export type Write = {
  seq: number;
  sentMs?: number;
  acknowledged?: { offset: number; ms: number };
  outcome: 'acknowledged' | 'failed' | 'unknown' | 'untold';
};

export type PassHistory = {
  /** In the order in which they came. */
  reads: Read[];
  /** Where each record was found, by sequence number; each offset once. */
  offsets: Map<number, Set<number>>;
  corrupt: Set<number>;
  foreign: { offset: number; run: string; ofPartition: number; ofSeq: number }[];
};

export function byPartition(history: History): PartitionHistory[] {
  const partitions = history.run.startOffsets.map((startOffset, partition): PartitionHistory => {
    return {
      partition,
      startOffset,
      writes: new Map(),
      passes: { live: emptyPass(), final: emptyPass(), group: emptyPass() },
    };
  });
  const write = ({ partition }: Span, seq: number): Write => {
    const writes = partitions[partition]?.writes ?? new Map<number, Write>();
    const known = writes.get(seq) ?? { seq, outcome: 'untold' };
    writes.set(seq, known);
    return known;
  };
  for (const sent of history.sent) for (const seq of seqsOf(sent)) write(sent, seq).sentMs = sent.ms;
  for (const told of history.unacknowledged)
    for (const seq of seqsOf(told)) write(told, seq).outcome = told.outcome;
  for (const told of history.acknowledged)
    for (const seq of seqsOf(told)) {
      const acknowledged = { offset: told.offset + seq - told.seq, ms: told.ms };
      Object.assign(write(told, seq), { outcome: 'acknowledged', acknowledged });
    }
  for (const read of history.reads) addRead(read, partitions[read.partition]?.passes[read.pass]);
  for (const { pass, partition, offset } of history.corrupt)
    partitions[partition]?.passes[pass].corrupt.add(offset);
  for (const { pass, partition, ...foreign } of history.foreign)
    partitions[partition]?.passes[pass].foreign.push(foreign);
  return partitions;
}

export function seqsOf({ seq, count }: Span): number[] {
  return Array.from({ length: count }, (_, index) => seq + index);
}

function addRead(read: Read, pass: PassHistory | undefined): void {
  pass?.reads.push(read);
  for (const seq of seqsOf(read)) {
    const offsets = pass?.offsets.get(seq) ?? new Set();
    offsets.add(read.offset + seq - read.seq);
    pass?.offsets.set(seq, offsets);
  }
}

function emptyPass(): PassHistory {
  return { reads: [], offsets: new Map(), corrupt: new Set(), foreign: [] };
}
