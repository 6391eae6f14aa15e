import type { History } from './history.ts';
import { seqsOf } from './partition-history.ts';
import { intendedMs } from './run.ts';

/** What users felt in one stretch of a run. Times are milliseconds of the run. */
export type Interruptions = {
  fromMs: number;
  toMs: number;
  /** The longest time without an acknowledgement. In calm it is the interval between writes: nothing is subtracted. */
  writing: Spread;
  /** The longest time from a write's intended time to its acknowledgement, or to the last that was known of it. */
  latency: Spread;
  /** The longest time in which the live reader was given nothing. */
  reading: Spread;
  /** 1 − Σ(silences in writing over 1 s) / (partitions · duration). */
  availability: number;
  /** Parted by `partLatencies`. */
  latencyBeforeFault: Distribution;
  latencyAfterFault: Distribution;
  /** How long the workload itself stood still at most: a cause of silence that is not Kafka's. */
  stalledMs: number;
};

/** The worst value of each partition, and the median and the worst of those. */
export type Spread = { perPartition: PartitionFigure[]; medianMs: number; worst: PartitionFigure };
/** `atMs`: when the silence began, or when the write was intended. */
export type PartitionFigure = { partition: number; ms: number; atMs: number };
/** All 0 where nothing was written. */
export type Distribution = { count: number; p50Ms: number; p99Ms: number; maxMs: number };

const silenceMs = 1000;

/**
 * Measures a stretch of a run; by default from its start to the end of writing. A silence that only reaches into the
 * stretch counts in full. `faultMs` parts the latencies into before and after, else all are before.
 */
export function interruptions(
  history: History,
  {
    fromMs = 0,
    toMs = endOfWriting(history),
    faultMs = Infinity,
  }: { fromMs?: number; toMs?: number; faultMs?: number } = {},
): Interruptions {
  const within = (ms: number) => ms >= fromMs && ms < toMs;
  const partitions = history.run.startOffsets.map((_, partition) => partition);
  const acknowledged = timesByPartition(history.acknowledged, partitions.length);
  const read = timesByPartition(
    history.reads.filter(({ pass }) => pass === 'live'),
    partitions.length,
  );
  const silences = partitions.map((partition) => gaps(acknowledged[partition] ?? [], { fromMs, toMs }));
  const latencies = latenciesOf(history).filter(({ atMs }) => within(atMs));
  const { before, after } = partLatencies(latencies, faultMs);
  const lost = silences
    .flat()
    .filter(({ ms }) => ms > silenceMs)
    .reduce((sum, { ms }) => sum + ms, 0);
  return {
    fromMs,
    toMs,
    writing: spread(partitions, (partition) => silences[partition] ?? []),
    latency: spread(partitions, (partition) =>
      latencies.filter((latency) => latency.partition === partition),
    ),
    reading: spread(partitions, (partition) => gaps(read[partition] ?? [], { fromMs, toMs })),
    availability: Math.max(0, 1 - lost / (partitions.length * Math.max(1, toMs - fromMs))),
    latencyBeforeFault: distribution(before),
    latencyAfterFault: distribution(after),
    stalledMs: Math.max(0, ...history.clock.filter(({ ms }) => within(ms)).map(({ stalledMs }) => stalledMs)),
  };
}

/**
 * Before the fault is how long writes had taken by then: one that it found under way counts only up to it. After it are the
 * whole latencies of those that were still to be acknowledged, or came later.
 */
export function partLatencies<L extends { ms: number; atMs: number }>(
  latencies: readonly L[],
  faultMs: number,
): { before: L[]; after: L[] } {
  const intendedBefore = latencies.filter(({ atMs }) => atMs < faultMs);
  return {
    before: intendedBefore.map((latency) => ({
      ...latency,
      ms: Math.min(latency.ms, faultMs - latency.atMs),
    })),
    after: latencies.filter(({ atMs, ms }) => atMs + ms >= faultMs),
  };
}

/** The run's milliseconds for a time since 1970 by the workload's clock, from the nearest clock note. */
export function toRunMs({ run, clock }: History, epochMs: number): number {
  const distance = (note: { epochMs: number }) => Math.abs(note.epochMs - epochMs);
  const nearest = clock.reduce((best, note) => (distance(note) < distance(best) ? note : best), {
    ms: 0,
    epochMs: run.startedAt,
    stalledMs: 0,
  });
  return nearest.ms + epochMs - nearest.epochMs;
}

function endOfWriting({ writerEnd, acknowledged }: History): number {
  return writerEnd?.stoppedMs ?? acknowledged.at(-1)?.ms ?? 0;
}

export function timesByPartition(
  events: readonly { partition: number; ms: number }[],
  partitions: number,
): number[][] {
  const times: number[][] = Array.from({ length: partitions }, () => []);
  for (const { partition, ms } of events) times[partition]?.push(ms);
  return times.map((list) => list.sort((a, b) => a - b));
}

/** The silences between `times` that reach into the stretch; its ends count as events only where none lies beyond. */
export function gaps(times: readonly number[], { fromMs, toMs }: { fromMs: number; toMs: number }) {
  const before = times.filter((ms) => ms < fromMs).at(-1) ?? fromMs;
  const after = times.find((ms) => ms >= toMs) ?? toMs;
  const events = [before, ...times.filter((ms) => ms >= fromMs && ms < toMs), after];
  return events.slice(1).map((ms, index) => ({ ms: ms - (events[index] ?? ms), atMs: events[index] ?? ms }));
}

/** Of every write that was sent; one that was never acknowledged took at least until it was given up. */
function latenciesOf(history: History): PartitionFigure[] {
  const untilMs = history.writerEnd?.ms ?? endOfWriting(history);
  const until = new Map<string, number>();
  for (const sent of history.sent)
    for (const seq of seqsOf(sent)) until.set(`${sent.partition}/${seq}`, untilMs);
  for (const told of [...history.unacknowledged, ...history.acknowledged])
    for (const seq of seqsOf(told)) until.set(`${told.partition}/${seq}`, told.ms);
  return [...until].map(([record, ms]) => {
    const [partition = 0, seq = 0] = record.split('/').map(Number);
    const atMs = intendedMs(history.run, partition, seq);
    return { partition, ms: ms - atMs, atMs };
  });
}

export function spread(
  partitions: readonly number[],
  valuesOf: (partition: number) => readonly { ms: number; atMs: number }[],
): Spread {
  const worse = <F extends { ms: number }>(a: F, b: F) => (b.ms > a.ms ? b : a);
  const perPartition = partitions.map((partition): PartitionFigure => {
    const worst = valuesOf(partition).reduce(worse, { ms: 0, atMs: 0 });
    return { partition, ms: worst.ms, atMs: worst.atMs };
  });
  return {
    perPartition,
    medianMs: quantile(
      perPartition.map(({ ms }) => ms),
      0.5,
    ),
    worst: perPartition.reduce(worse, { partition: 0, ms: 0, atMs: 0 }),
  };
}

function distribution(latencies: readonly PartitionFigure[]): Distribution {
  const values = latencies.map(({ ms }) => ms);
  return {
    count: values.length,
    p50Ms: quantile(values, 0.5),
    p99Ms: quantile(values, 0.99),
    maxMs: quantile(values, 1),
  };
}

/** The nearest-rank quantile of unsorted values; 0 where there are none. */
function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}
