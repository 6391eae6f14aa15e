import type { History } from './history.ts';
import { gaps, spread, type PartitionFigure, type Spread, timesByPartition } from './interruptions.ts';
import { seqsOf } from './partition-history.ts';

/** What the group of consumers felt in one stretch of a run. Times are milliseconds of the run. */
export type Consumers = {
  members: number;
  /**
   * The longest time without a delivery while an acknowledged record waited for it: what consumers feel beyond what writers do.
   */
  delivery: Spread;
  /** The longest time without a commit that the group's coordinator acknowledged. */
  commit: PartitionFigure;
  /** The brokers that coordinated the group, one after the other. */
  coordinators: number[];
  /** How often the group was formed anew. */
  rebalances: number;
  /** Distinct records that were delivered, and how many of those more than once. */
  delivered: number;
  redelivered: number;
};

/** Null where there was no group. By default from the run's start to the end of writing. */
export function consumers(
  history: History,
  { fromMs = 0, toMs = history.writerEnd?.stoppedMs ?? history.group.end?.ms ?? 0 } = {},
): Consumers | null {
  const { run, group } = history;
  if (run.consumers === undefined || run.consumers === 0) return null;
  const stretch = { fromMs, toMs };
  const partitions = run.startOffsets.map((_, partition) => partition);
  const deliveries = deliveriesOf(history);
  const committed = timesByPartition(
    group.commits
      .filter(({ outcome }) => outcome === 'acked')
      .flatMap(({ ms, offsets }) => offsets.map(({ partition }) => ({ partition, ms }))),
    partitions.length,
  );
  const commits = spread(partitions, (partition) => gaps(committed[partition] ?? [], stretch));
  const counts = deliveries.flatMap(({ times }) => [...times.values()]);
  return {
    members: run.consumers,
    delivery: spread(partitions, (partition) => waits(deliveries[partition], history, stretch)),
    commit: commits.worst,
    coordinators: successive(
      group.commits.filter(({ outcome }) => outcome === 'acked').map(({ coordinator }) => coordinator),
    ),
    rebalances: Math.max(0, new Set(group.assigned.map(({ generation }) => generation)).size - 1),
    delivered: counts.length,
    redelivered: counts.filter((count) => count > 1).length,
  };
}

type Deliveries = {
  /** The first of each record, by its sequence number. */
  firstMs: Map<number, number>;
  ackedMs: Map<number, number>;
  times: Map<number, number>;
};

function deliveriesOf({ run, reads, acknowledged }: History): Deliveries[] {
  const all = run.startOffsets.map((): Deliveries => {
    return { firstMs: new Map(), ackedMs: new Map(), times: new Map() };
  });
  for (const read of reads) {
    const of = all[read.partition];
    if (read.pass !== 'group' || !of) continue;
    for (const seq of seqsOf(read)) {
      of.times.set(seq, (of.times.get(seq) ?? 0) + 1);
      if (!of.firstMs.has(seq)) of.firstMs.set(seq, read.ms);
    }
  }
  for (const told of acknowledged)
    for (const seq of seqsOf(told)) all[told.partition]?.ackedMs.set(seq, told.ms);
  return all;
}

/** How long records waited, from the acknowledgement or, where others came meanwhile, the delivery before theirs. */
function waits(
  deliveries: Deliveries | undefined,
  { group, clock }: History,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): { ms: number; atMs: number }[] {
  if (!deliveries) return [];
  const { firstMs, ackedMs } = deliveries;
  const lastMs = group.end?.ms ?? clock.at(-1)?.ms ?? toMs;
  const events = [...ackedMs]
    .map(([seq, acked]) => ({ acked, ms: firstMs.get(seq) ?? lastMs }))
    .sort((a, b) => a.ms - b.ms || a.acked - b.acked);
  // From the last one back: since when the oldest of those has waited that are not delivered yet.
  const found: { ms: number; atMs: number }[] = [];
  let oldest = Infinity;
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const { acked, ms } = events[index] ?? { acked: Infinity, ms: 0 };
    oldest = Math.min(oldest, acked);
    const before = events[index - 1]?.ms;
    if (before === ms) continue;
    const atMs = Math.max(oldest, before ?? 0);
    if (ms > atMs && ms >= fromMs && atMs < toMs) found.push({ ms: ms - atMs, atMs });
  }
  return found;
}

function successive(values: readonly number[]): number[] {
  return values.filter((value, index) => value >= 0 && value !== values[index - 1]);
}
