import { intendedMs, type Run } from './run.ts';
import {
  parseLine,
  type CommitOutcome,
  type Line,
  type OffsetRow,
  type Operations,
  type Pass,
  type ReadRow,
  type UnackedRow,
} from './line.ts';

/** One run of the workload, read back: every write, every read, in the order in which they were told. */
export type History = {
  run: Run;
  sent: Sent[];
  acknowledged: Acknowledged[];
  unacknowledged: Unacknowledged[];
  reads: Read[];
  corrupt: { pass: Pass; partition: number; offset: number }[];
  foreign: {
    pass: Pass;
    partition: number;
    offset: number;
    run: string;
    ofPartition: number;
    ofSeq: number;
  }[];
  watermarks: { ms: number; offsets: readonly (number | null)[] }[];
  clock: { ms: number; epochMs: number; stalledMs: number }[];
  group: GroupHistory;
  writerEnd?: { ms: number; stoppedMs: number };
  readerEnd?: {
    ms: number;
    complete: boolean;
    from: readonly number[];
    to: readonly number[];
    reason?: string;
  };
  /** Why this is not the whole story: lines that are missing, torn or not understood. Empty for a sound history. */
  defects: string[];
};

/** What the consumers of the group were told and told themselves, beside their reads. */
export type GroupHistory = {
  assigned: { ms: number; member: number; generation: number; partitions: readonly number[] }[];
  commits: Commit[];
  committed: { ms: number; askedMs: number; offsets: readonly Position[] }[];
  end?: { ms: number; complete: boolean; reason?: string };
};

export type Commit = CommitOutcome & {
  ms: number;
  sentMs: number;
  member: number;
  coordinator: number;
  offsets: readonly Position[];
};

/** `offset`: the next record to read. */
export type Position = { partition: number; offset: number };

/** Records of one partition with the sequence numbers seq, seq+1, … */
export type Span = { partition: number; seq: number; count: number };
export type Sent = Span & { ms: number };
export type Acknowledged = Span & { offset: number; ms: number };
export type Unacknowledged = Span & { outcome: 'failed' | 'unknown'; error: string; ms: number };
export type Read = Span & { pass: Pass; offset: number; epoch: number; ms: number };

/**
 * Reads a history from the workload's log, in which lines of others, lines told twice and a torn last line are
 * expected. Null where not even the header is there: the workload never started.
 */
export function parseHistory(log: string): History | null {
  const { lines, defects } = collect(log);
  const header = lines.get(0);
  if (header?.kind !== 'run') return null;
  const history = emptyHistory(header.run);
  const inOrder = [...lines.values()].sort((a, b) => a.n - b.n);
  for (const line of inOrder) apply(line, history);
  const missing = (inOrder.at(-1)?.n ?? 0) + 1 - lines.size;
  if (missing > 0) defects.push(`${missing} lines of the workload’s log are missing`);
  return { ...history, defects };
}

export function emptyHistory(run: Run): History {
  return {
    run,
    sent: [],
    acknowledged: [],
    unacknowledged: [],
    reads: [],
    corrupt: [],
    foreign: [],
    watermarks: [],
    clock: [],
    group: { assigned: [], commits: [], committed: [] },
    defects: [],
  };
}

function collect(log: string): { lines: Map<number, Line>; defects: string[] } {
  const lines = new Map<number, Line>();
  const defects: string[] = [];
  const texts = log.split('\n');
  for (const [index, text] of texts.entries()) {
    const parsed = parseLine(text);
    if (parsed.kind === 'broken') defects.push(brokenLine(text, index === texts.length - 1));
    if (parsed.kind !== 'line') continue;
    const { line } = parsed;
    if (line.kind === 'run' && isAnotherRun(lines.get(0), line.run)) {
      defects.push('the workload was restarted in the middle');
      break;
    }
    lines.set(line.n, line);
  }
  return { lines, defects };
}

function isAnotherRun(first: Line | undefined, run: Run): boolean {
  return first?.kind === 'run' && (first.run.id !== run.id || first.run.startedAt !== run.startedAt);
}

function brokenLine(text: string, last: boolean): string {
  return last ? 'the last line is incomplete' : `a line cannot be parsed: ${text.slice(0, 80)}`;
}

function apply(line: Line, history: History): void {
  switch (line.kind) {
    case 'run':
      return;
    case 'operations':
      return applyOperations(line, history);
    case 'watermarks':
      history.watermarks.push({ ms: line.ms, offsets: line.offsets });
      return;
    case 'clock':
      history.clock.push({ ms: line.ms, epochMs: line.epochMs, stalledMs: line.stalledMs });
      return;
    case 'assigned': {
      const { ms, member, generation, partitions } = line;
      history.group.assigned.push({ ms, member, generation, partitions });
      return;
    }
    case 'commit': {
      const { ms, sentMs, member, coordinator } = line;
      const offsets = line.offsets.map(asPosition);
      const outcome: CommitOutcome =
        line.outcome === 'acked' ? { outcome: line.outcome } : { outcome: line.outcome, error: line.error };
      history.group.commits.push({ ms, sentMs, member, coordinator, offsets, ...outcome });
      return;
    }
    case 'committed':
      history.group.committed.push({
        ms: line.ms,
        askedMs: line.askedMs,
        offsets: line.offsets.map(asPosition),
      });
      return;
    case 'group-end':
      history.group.end = { ms: line.ms, complete: line.complete, reason: line.reason };
      return;
    case 'writer-end':
      history.writerEnd = { ms: line.ms, stoppedMs: line.stoppedMs };
      return;
    case 'reader-end': {
      const { ms, complete, from, to, reason } = line;
      history.readerEnd = { ms, complete, from, to, reason };
    }
  }
}

function asPosition([partition, offset]: OffsetRow): Position {
  return { partition, offset };
}

function applyOperations(line: Operations, history: History): void {
  const { run } = history;
  const at = (partition: number, seq: number, afterMs: number) => intendedMs(run, partition, seq) + afterMs;
  const read = (pass: Pass, [partition, offset, seq, count, epoch, afterMs]: ReadRow): Read => {
    return { pass, partition, offset, seq, count, epoch, ms: at(partition, seq, afterMs) };
  };
  const unacknowledged = (
    outcome: 'failed' | 'unknown',
    [partition, seq, count, error, afterMs]: UnackedRow,
  ) => {
    return { outcome, partition, seq, count, error, ms: at(partition, seq, afterMs) };
  };
  for (const [partition, seq, count, afterMs] of line.sent ?? [])
    history.sent.push({ partition, seq, count, ms: at(partition, seq, afterMs) });
  for (const [partition, seq, count, offset, afterMs] of line.acked ?? [])
    history.acknowledged.push({ partition, seq, count, offset, ms: at(partition, seq, afterMs) });
  for (const row of line.failed ?? []) history.unacknowledged.push(unacknowledged('failed', row));
  for (const row of line.unknown ?? []) history.unacknowledged.push(unacknowledged('unknown', row));
  for (const row of line.live ?? []) history.reads.push(read('live', row));
  for (const row of line.final ?? []) history.reads.push(read('final', row));
  for (const row of line.group ?? []) history.reads.push(read('group', row));
  for (const [pass, partition, offset] of line.corrupt ?? [])
    history.corrupt.push({ pass, partition, offset });
  for (const [pass, partition, offset, run, ofPartition, ofSeq] of line.foreign ?? [])
    history.foreign.push({ pass, partition, offset, run, ofPartition, ofSeq });
}
