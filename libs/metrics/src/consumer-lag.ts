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
    retentionUsed: lagRecords === 0 ? 0 : lagRecords / recordsKept(log, known),
  };
}

/**
 * How many records are kept. As long as none was ever deleted, those that there is room and time for, at the size and the rate of
 * those that are there: else a consumer of a young topic would seem to be at its end.
 */
function recordsKept({ start, end, bytes, oldestAtMs }: PartitionLog, { limits, nowMs }: Known): number {
  const kept = end - start;
  if (limits === undefined || (limits.bytes === null && limits.ms === null)) return Infinity;
  if (start > 0) return kept;
  const byBytes = limits.bytes === null || bytes === null || bytes === 0 ? Infinity : limits.bytes / bytes;
  const ageMs = oldestAtMs === null ? 0 : nowMs - oldestAtMs;
  const byTime = limits.ms === null || ageMs <= 0 ? Infinity : limits.ms / ageMs;
  return kept * Math.max(1, Math.min(byBytes, byTime));
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
