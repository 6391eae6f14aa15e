import type { Line, Operations, Pass } from '../line.ts';
import { intendedMs, type Run } from '../run.ts';

export type Step =
  | { kind: 'send'; partition: number; count: number }
  /** An answer for one of the writes in flight, in any order. A copy is a retry that the broker stored again. */
  | { kind: 'resolve'; which: number; fate: 'acked' | 'failed' | 'unknown'; copies: number }
  | { kind: 'read'; partition: number; atMost: number }
  | { kind: 'elect'; partition: number }
  | { kind: 'watermarks'; hidden: number }
  /** The group of consumers: a delivery, a commit that is kept or not, a look at what is committed. */
  | { kind: 'deliver'; partition: number; atMost: number }
  | { kind: 'commit'; fate: 'acked' | 'refused' | 'unknown'; isKept: boolean }
  | { kind: 'look' }
  /** It goes on from what it has committed. */
  | { kind: 'rebalance' }
  | { kind: 'tick'; ms: number };

export type Settings = {
  partitions: number;
  ratePerSecond: number;
  startOffset: number;
  idempotent: boolean;
  /** Whether a group of consumers reads beside. */
  hasGroup?: boolean;
};
type Stored = { seq: number; epoch: number };
type Partition = {
  log: Stored[];
  epoch: number;
  nextSeq: number;
  readTo: number;
  deliveredTo: number;
  /** By the coordinator; null: nothing yet. */
  committed: number | null;
};
type Unnumbered = Line extends infer L ? (L extends { n: number } ? Omit<L, 'n'> : never) : never;
type InFlight = { partition: number; seq: number; count: number };

/**
 * A cluster that keeps every promise, and the lines that a workload would have written of it: writes fail, are retried,
 * come late or stay unknown, several are in flight at once, leaders change. A checker must find nothing in it.
 */
export function simulate(settings: Settings, steps: readonly Step[]): Line[] {
  const run = aRun(settings);
  const partitions = run.startOffsets.map((): Partition => {
    return { log: [], epoch: 0, nextSeq: 0, readTo: 0, deliveredTo: 0, committed: null };
  });
  const lines: Line[] = [{ n: 0, kind: 'run', run }];
  const inFlight: InFlight[] = [];
  let now = 0;
  let generation = 0;

  const at = (index: number) => partitions[index % partitions.length] as Partition;
  const tell = (operations: Operations) =>
    lines.push({ n: lines.length, kind: 'operations', ms: now, ...operations });
  const tellLine = (line: Unnumbered) => lines.push({ n: lines.length, ...line });
  const after = (partition: number, seq: number) => now - intendedMs(run, partition, seq);

  function send(partition: number, count: number): void {
    const seq = at(partition).nextSeq;
    now = Math.max(now, intendedMs(run, partition, seq + count - 1));
    at(partition).nextSeq += count;
    inFlight.push({ partition, seq, count });
    tell({ sent: [[partition, seq, count, after(partition, seq)]] });
  }

  function store({ partition, seq, count }: InFlight): number {
    const { log, epoch } = at(partition);
    for (let index = 0; index < count; index += 1) log.push({ seq: seq + index, epoch });
    return settings.startOffset + log.length - count;
  }

  function resolve({ which, fate, copies }: Extract<Step, { kind: 'resolve' }>): void {
    const [write] = inFlight.splice(which % Math.max(1, inFlight.length), 1);
    if (!write) return;
    const { partition, seq, count } = write;
    const stored = fate === 'failed' ? 0 : fate === 'acked' ? Math.max(1, copies) : copies;
    const offsets = Array.from({ length: settings.idempotent ? Math.min(1, stored) : stored }, () =>
      store(write),
    );
    const afterMs = after(partition, seq);
    if (fate === 'acked') tell({ acked: [[partition, seq, count, offsets.at(-1) ?? 0, afterMs]] });
    else tell({ [fate]: [[partition, seq, count, 'REQUEST_TIMED_OUT', afterMs]] });
  }

  function read(pass: Pass, partition: number, from: number, to: number): void {
    const { log } = at(partition);
    for (let index = from; index < Math.min(to, log.length); index += 1) {
      const { seq, epoch } = log[index] as Stored;
      tell({ [pass]: [[partition, settings.startOffset + index, seq, 1, epoch, after(partition, seq)]] });
    }
  }

  function deliver(partition: number, atMost: number): void {
    const { deliveredTo, log } = at(partition);
    const to = Math.min(log.length, deliveredTo + atMost);
    read('group', partition, deliveredTo, to);
    at(partition).deliveredTo = to;
  }

  function commit({ fate, isKept }: Extract<Step, { kind: 'commit' }>): void {
    const offsets = partitions.map(
      ({ deliveredTo }, index) => [index, settings.startOffset + deliveredTo] as const,
    );
    const sentMs = (now += 1);
    if (fate === 'acked' || (fate === 'unknown' && isKept))
      for (const partition of partitions) partition.committed = partition.deliveredTo;
    const outcome = fate === 'acked' ? { outcome: fate } : { outcome: fate, error: 'NOT_COORDINATOR' };
    tellLine({ kind: 'commit', ms: now, sentMs, member: 0, coordinator: 0, offsets, ...outcome });
  }

  function look(): void {
    const askedMs = (now += 1);
    const offsets = partitions.map(
      ({ committed }, index) => [index, committed === null ? -1 : settings.startOffset + committed] as const,
    );
    tellLine({ kind: 'committed', ms: now, askedMs, offsets });
  }

  function join(): void {
    generation += 1;
    const all = [...partitions.keys()];
    tellLine({ kind: 'assigned', ms: now, member: 0, generation, partitions: all });
    look();
    for (const partition of partitions) partition.deliveredTo = partition.committed ?? 0;
  }

  function take(step: Step): void {
    switch (step.kind) {
      case 'send':
        return send(step.partition % partitions.length, step.count);
      case 'resolve':
        return resolve(step);
      case 'elect':
        at(step.partition).epoch += 1;
        return;
      case 'tick':
        now += step.ms;
        lines.push({ n: lines.length, kind: 'clock', ms: now, epochMs: run.startedAt + now, stalledMs: 0 });
        return;
      case 'watermarks':
        return void lines.push({ n: lines.length, kind: 'watermarks', ms: now, offsets: ends(step.hidden) });
      case 'read': {
        const partition = step.partition % partitions.length;
        const { readTo, log } = at(partition);
        const to = Math.min(log.length, readTo + step.atMost);
        read('live', partition, readTo, to);
        at(partition).readTo = to;
        return;
      }
      case 'deliver':
        return deliver(step.partition % partitions.length, step.atMost);
      case 'commit':
        return commit(step);
      case 'look':
        return look();
      case 'rebalance':
        return join();
    }
  }

  function ends(hidden = -1): (number | null)[] {
    return partitions.map(({ log }, index) => (index === hidden ? null : settings.startOffset + log.length));
  }

  if (settings.hasGroup) join();
  for (const step of steps) take(step);
  while (inFlight.length > 0) resolve({ kind: 'resolve', which: 0, fate: 'acked', copies: 1 });
  const stoppedMs = now + 1;
  for (const [partition, { nextSeq }] of partitions.entries())
    for (let seq = nextSeq; intendedMs(run, partition, seq) < stoppedMs; seq += 1)
      tell({ failed: [[partition, seq, 1, 'NOT_SENT', after(partition, seq)]] });
  lines.push({ n: lines.length, kind: 'writer-end', ms: now, stoppedMs });
  for (const partition of partitions.keys()) read('final', partition, 0, Infinity);
  if (settings.hasGroup) {
    for (const partition of partitions.keys()) deliver(partition, Infinity);
    commit({ kind: 'commit', fate: 'acked', isKept: true });
    look();
    tellLine({ kind: 'group-end', ms: now, complete: true });
  }
  const to = ends().map((end) => end ?? 0);
  lines.push({ n: lines.length, kind: 'reader-end', ms: now, complete: true, from: run.startOffsets, to });
  return lines;
}

function aRun({ partitions, ratePerSecond, startOffset, idempotent, hasGroup }: Settings): Run {
  return {
    version: 1,
    id: 'r1',
    startedAt: 1_795_500_000_000,
    topic: 'drill',
    partitions,
    ratePerSecond,
    recordBytes: 200,
    idempotent,
    ...(hasGroup && { consumers: 1 }),
    startOffsets: Array.from({ length: partitions }, () => startOffset),
  };
}
