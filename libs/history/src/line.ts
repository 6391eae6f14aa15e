import { isFlat, isRecord, isRow } from './shapes.ts';
import { clientNames, type Run } from './run.ts';

/**
 * One line of a history, as the workload writes it and `parseLine` reads it. Lines are numbered from 0 without a gap:
 * a log that lost some of them in the middle is told from a whole one, and lines that came twice count once.
 *
 * Rows are tuples and their times are relative, to keep a line short: the kubelet rotates a container's log at 10 MiB.
 */
export type Line = { n: number } & (
  | { kind: 'run'; run: Run }
  | ({ kind: 'operations'; ms: number } & Operations)
  /** The end offsets of the partitions, in order; null where the leader did not tell. */
  | { kind: 'watermarks'; ms: number; offsets: readonly (number | null)[] }
  /** Both clocks at one instant, and how long the workload itself stood still at most since the last note. */
  | { kind: 'clock'; ms: number; epochMs: number; stalledMs: number }
  /** No write was intended at or after `stoppedMs`; at `ms` every outcome that will ever be known was told. */
  | { kind: 'writer-end'; ms: number; stoppedMs: number }
  /** A consumer of the group was given these partitions to read. */
  | { kind: 'assigned'; ms: number; member: number; generation: number; partitions: readonly number[] }
  /** A consumer asked for these offsets to be kept, of the broker `coordinator` (-1: none was known), and was answered. */
  | ({ kind: 'commit'; ms: number; sentMs: number; member: number; coordinator: number } & CommitOutcome & {
        offsets: readonly OffsetRow[];
      })
  /** What the group had committed by the word of its coordinator, asked at `askedMs`; -1 where there was nothing. */
  | { kind: 'committed'; ms: number; askedMs: number; offsets: readonly OffsetRow[] }
  /** All consumers have left. `complete`: they had read to the end and committed it. */
  | { kind: 'group-end'; ms: number; complete: boolean; reason?: string }
  | {
      kind: 'reader-end';
      ms: number;
      complete: boolean;
      from: readonly number[];
      to: readonly number[];
      reason?: string;
    }
);

/** What happened since the last such line. A row covers `count` records of consecutive sequence numbers. */
export type Operations = {
  /** [partition, seq, count, ms after the first record's intended time]; told before the write leaves. */
  sent?: readonly SentRow[];
  /** [partition, seq, count, first offset, ms after the first record's intended time] */
  acked?: readonly AckedRow[];
  /** Surely not written: [partition, seq, count, error, ms after the first record's intended time] */
  failed?: readonly UnackedRow[];
  /** Perhaps written: the same row. */
  unknown?: readonly UnackedRow[];
  /** Read as it came: [partition, offset, seq, count, leader epoch, ms after the first record's intended time] */
  live?: readonly ReadRow[];
  /** Read again from the start, after the end of writing: the same row. */
  final?: readonly ReadRow[];
  /** Delivered to the group of consumers: the same row. */
  group?: readonly ReadRow[];
  /** Records whose checksum is wrong: [pass, partition, offset] */
  corrupt?: readonly CorruptRow[];
  /** Sound records that do not belong here: [pass, partition, offset, run, partition and seq that they name] */
  foreign?: readonly ForeignRow[];
};

export type SentRow = readonly [partition: number, seq: number, count: number, afterMs: number];
export type AckedRow = readonly [
  partition: number,
  seq: number,
  count: number,
  offset: number,
  afterMs: number,
];
export type UnackedRow = readonly [
  partition: number,
  seq: number,
  count: number,
  error: string,
  afterMs: number,
];
export type ReadRow = readonly [
  partition: number,
  offset: number,
  seq: number,
  count: number,
  epoch: number,
  afterMs: number,
];
export type Pass = 'live' | 'final' | 'group';
/** The next record that the group is to read of a partition. */
export type OffsetRow = readonly [partition: number, offset: number];
/** `unknown`: perhaps kept. */
export type CommitOutcome = { outcome: 'acked' } | { outcome: 'refused' | 'unknown'; error: string };
export type CorruptRow = readonly [pass: Pass, partition: number, offset: number];
export type ForeignRow = readonly [
  pass: Pass,
  partition: number,
  offset: number,
  run: string,
  ofPartition: number,
  ofSeq: number,
];

export function formatLine(line: Line): string {
  return `${JSON.stringify(line)}\n`;
}

/**
 * Reads one line. `other` is a line of somebody else's, such as a diagnostic that shares the pod's log; `broken` began
 * as one of ours.
 */
export function parseLine(
  text: string,
): { kind: 'line'; line: Line } | { kind: 'broken' } | { kind: 'other' } {
  if (!text.startsWith('{"n":')) return { kind: 'other' };
  try {
    const value: unknown = JSON.parse(text);
    return isLine(value) ? { kind: 'line', line: value } : { kind: 'broken' };
  } catch {
    return { kind: 'broken' };
  }
}

function isLine(value: unknown): value is Line {
  if (!isRecord(value) || !Number.isInteger(value.n)) return false;
  switch (value.kind) {
    case 'run':
      return isRun(value.run);
    case 'operations':
      return (
        isFlat(value, { ms: 'number' }) &&
        Object.entries(rows).every(([name, row]) => hasRows(value[name], row))
      );
    case 'watermarks':
      return isFlat(value, { ms: 'number' }) && isNumbers(value.offsets, { orNull: true });
    case 'clock':
      return isFlat(value, { ms: 'number', epochMs: 'number', stalledMs: 'number' });
    case 'assigned':
      return (
        isFlat(value, { ms: 'number', member: 'number', generation: 'number' }) && isNumbers(value.partitions)
      );
    case 'commit':
      return (
        isFlat(value, { ms: 'number', sentMs: 'number', member: 'number', coordinator: 'number' }) &&
        isFlat(value, { outcome: 'string' }) &&
        Array.isArray(value.offsets) &&
        hasRows(value.offsets, 'nn')
      );
    case 'committed':
      return (
        isFlat(value, { ms: 'number', askedMs: 'number' }) &&
        Array.isArray(value.offsets) &&
        hasRows(value.offsets, 'nn')
      );
    case 'group-end':
      return isFlat(value, { ms: 'number', complete: 'boolean' });
    case 'writer-end':
      return isFlat(value, { ms: 'number', stoppedMs: 'number' });
    case 'reader-end':
      return (
        isFlat(value, { ms: 'number', complete: 'boolean' }) && isNumbers(value.from) && isNumbers(value.to)
      );
    default:
      return false;
  }
}

/** A letter per column: number or string. */
const rows: Readonly<Record<keyof Operations, string>> = {
  sent: 'nnnn',
  acked: 'nnnnn',
  failed: 'nnnsn',
  unknown: 'nnnsn',
  live: 'nnnnnn',
  final: 'nnnnnn',
  group: 'nnnnnn',
  corrupt: 'snn',
  foreign: 'snnsnn',
};

function hasRows(value: unknown, columns: string): boolean {
  return value === undefined || (Array.isArray(value) && value.every((row) => isRow(row, columns)));
}

function isRun(value: unknown): boolean {
  const shape = {
    version: 'number',
    id: 'string',
    startedAt: 'number',
    topic: 'string',
    partitions: 'number',
    ratePerSecond: 'number',
    recordBytes: 'number',
    idempotent: 'boolean',
  } as const;
  return (
    isRecord(value) &&
    (value.version === 1 || value.version === 2) &&
    isFlat(value, shape) &&
    (value.client === undefined || clientNames.some((name) => name === value.client)) &&
    isNumbers(value.startOffsets)
  );
}

function isNumbers(value: unknown, { orNull = false } = {}): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'number' || (orNull && item === null));
}
