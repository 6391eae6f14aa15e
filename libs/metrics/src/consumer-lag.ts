import type { ConsumerState } from '@kafka-ha/health';
import type { ClusterReading, CommittedOffset, PartitionLog, RetentionLimits } from './cluster-reading.ts';
import type { EndHistory } from './end-history.ts';

export type ConsumerLag = ConsumerState & {
  /** How long ago the next record was written that the group would read; 0 where it has all, null where nobody can tell. */
  lagSeconds: number | null;
};

/** How far each group is behind. What the leader does not tell of, or is gone, is left out. */
export function consumerLags(
  groups: readonly CommittedOffset[],
  { logs, retention, readAtMs }: Pick<ClusterReading, 'logs' | 'retention' | 'readAtMs'>,
  history: EndHistory,
): ConsumerLag[] {
  return groups.flatMap((committed) => {
    const { topic, partition } = committed;
    const log = logs.get(topic)?.get(partition);
    if (log === undefined) return [];
    return [lagOf(committed, log, { limits: retention.get(topic), history, nowMs: readAtMs })];
  });
}

type Known = { limits: RetentionLimits | undefined; history: EndHistory; nowMs: number };

function lagOf(committed: CommittedOffset, log: PartitionLog, known: Known): ConsumerLag {
  const { group, topic, partition, offset } = committed;
  const lagRecords = Math.max(0, log.end - offset);
  const writtenAtMs = lagRecords === 0 ? known.nowMs : momentOf(committed, log, known);
  return {
    group,
    topic,
    partition,
    lagRecords,
    lagSeconds: writtenAtMs === null ? null : Math.max(0, known.nowMs - writtenAtMs) / 1000,
    retentionUsed: shareUsed(lagRecords, log, known),
  };
}

/** Null where it is not known how long records are kept. */
function shareUsed(lagRecords: number, log: PartitionLog, { limits, nowMs }: Known): number | null {
  if (lagRecords === 0) return 0;
  if (limits === undefined) return null;
  if (limits.bytes === null && limits.ms === null) return 0;
  const kept = log.end - log.start;
  // A consumer that commits the offset after its last record stays before the end of a transaction, which is no record.
  if (kept === 0 && lagRecords === 1) return 0;
  // Some are gone that it has not read.
  if (lagRecords > kept) return lagRecords / kept;
  const times = roomFor(log, limits, nowMs);
  return times === null ? null : lagRecords / (kept * times);
}

/**
 * How many times as many records there are room and time for as are kept, at the size and the rate of those: 1 where Kafka deletes
 * the oldest ones. A log may be far from that: a young topic, a longer retention than before, or an application that deletes what it
 * has read, as Kafka Streams does. Null where its size or its age is not known, and counts.
 */
function roomFor({ bytes, oldestAtMs }: PartitionLog, limits: RetentionLimits, nowMs: number): number | null {
  const times: number[] = [];
  if (limits.bytes !== null) {
    if (bytes === null) return null;
    times.push(limits.bytes / Math.max(1, bytes));
  }
  if (limits.ms !== null) {
    if (oldestAtMs === null) return null;
    times.push(limits.ms / Math.max(1, nowMs - oldestAtMs));
  }
  return Math.max(1, Math.min(...times));
}

/**
 * When a record was written. Between two moments at which it is known where the log ended, records are taken to have come evenly;
 * the oldest record tells its own time.
 */
function momentOf(
  { topic, partition, offset }: CommittedOffset,
  { start, end, oldestAtMs }: PartitionLog,
  { history, nowMs }: Known,
): number | null {
  let before = oldestAtMs === null ? null : { offset: start, atMs: oldestAtMs };
  if (before !== null && offset <= before.offset) return before.atMs;
  let after = { offset: end, atMs: nowMs };
  for (const { atMs, ends } of history) {
    const known = ends.get(topic)?.[partition];
    if (known === undefined || known > end) continue;
    if (known > offset) {
      after = { offset: known, atMs };
      break;
    }
    if (before === null || atMs > before.atMs) before = { offset: known, atMs };
  }
  // What it would read was written before anybody looked.
  if (before === null) return history.length > 0 && after.atMs < nowMs ? after.atMs : null;
  const share = (offset - before.offset) / Math.max(1, after.offset - before.offset);
  return before.atMs + share * Math.max(0, after.atMs - before.atMs);
}
