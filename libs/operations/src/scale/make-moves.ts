import { setTimeout as sleep } from 'node:timers/promises';
import { formatBytes, formatDuration, formatRate } from '@kafka-ha/config';
import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import { startReassignments, type FencedKafka } from '@kafka-ha/kafka';
import { type Change, keyOf, type LogSizes, nextMoves, type Replicas } from '@kafka-ha/planning';
import { patiently, readLogSizes, readReplicas } from '@kafka-ha/cluster';

/** What is copied where to. */
export type Copy = { topic: string; partition: number; to: number; bytes: number };

const pollMs = 500;
/** Without a byte or a partition more: long enough for a broker that was killed to come back and read its logs. */
const stalledMs = 600_000;

/**
 * Starts the changes, a few partitions at a time, until nothing is being moved any more; tells how far it is. A broker that
 * dies meanwhile is waited for: Kafka goes on by itself when it is back.
 *
 * @throws KafkaHaError `deadline-exceeded` after ten minutes in which nothing has moved.
 */
export async function* makeMoves(
  kafka: FencedKafka,
  { copies, changes }: { copies: readonly Copy[]; changes: readonly Change[] },
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const waiting = new Set(changes);
  const total = copies.reduce((sum, { bytes }) => sum + bytes, 0);
  const takers = new Set(copies.map(({ to }) => to));
  const progress = watchProgress();
  for (;;) {
    const replicas = await unlessUnreachable(() => readReplicas(kafka));
    if (replicas !== undefined && waiting.size === 0 && isSettled(replicas)) return;
    const started = replicas === undefined ? [] : nextMoves([...waiting], replicas);
    const untaken =
      started.length === 0 ? [] : await patiently(() => startReassignments(kafka, started), signal);
    const refused = new Map(untaken.map((each) => [keyOf(each), each.why]));
    for (const change of started) if (!refused.has(keyOf(change))) waiting.delete(change);
    if (replicas !== undefined) dropDeleted(waiting, replicas);
    const sizes = await readLogSizes(kafka, takers);
    const moving = replicas && new Set([...replicas.ongoing, ...started, ...waiting].map(keyOf));
    const left = moving === undefined ? 'Kafka does not answer' : `partitions left: ${moving.size}`;
    const done = copied(copies, sizes, moving);
    const amount = progress.describe({ done, total, left: moving?.size ?? -1 });
    yield total === 0 ? left : `${left}; ${amount}`;
    if (progress.stoodStillMs() > stalledMs) throw stalled(replicas, waiting, refused);
    await sleep(pollMs, undefined, { signal });
  }
}

/** A topic may be deleted before its turn comes. */
function dropDeleted(waiting: Set<Change>, { partitions }: Replicas): void {
  const there = new Set(partitions.map(keyOf));
  for (const change of waiting) if (!there.has(keyOf(change))) waiting.delete(change);
}

/** Nothing under way, and every broker that was asked has forgotten the replicas that were dropped. */
function isSettled({ ongoing, partitions }: Replicas): boolean {
  return ongoing.length === 0 && partitions.every(({ missing }) => missing.length === 0);
}

/** A copy that is in sync, so that its partition moves no more, counts whole; retention may have shortened the log. */
function copied(copies: readonly Copy[], sizes: LogSizes, moving: ReadonlySet<string> | undefined): number {
  return copies.reduce((sum, copy) => {
    if (moving?.has(keyOf(copy)) === false) return sum + copy.bytes;
    return sum + Math.min(copy.bytes, sizes.get(copy.to)?.get(keyOf(copy)) ?? 0);
  }, 0);
}

type Reading = { done: number; total: number; left: number };

function watchProgress() {
  const started = performance.now();
  let first: Reading | undefined;
  let last: Reading | undefined;
  let movedAt = started;
  return {
    stoodStillMs: () => performance.now() - movedAt,
    describe(now: Reading): string {
      if (last === undefined || now.done > last.done || now.left !== last.left) movedAt = performance.now();
      first ??= now;
      last = now;
      const perSecond = ((now.done - first.done) * 1000) / Math.max(1, performance.now() - started);
      const amount = `${formatBytes(now.done)} of ${formatBytes(now.total)} copied`;
      if (perSecond <= 0) return amount;
      const leftMs = ((now.total - now.done) * 1000) / perSecond;
      return `${amount}, ${formatRate(perSecond)}, ${formatDuration(leftMs)} to go`;
    },
  };
}

async function unlessUnreachable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'kafka-unreachable') return undefined;
    throw error;
  }
}

function stalled(
  replicas: Replicas | undefined,
  waiting: ReadonlySet<Change>,
  refused: ReadonlyMap<string, string>,
): KafkaHaError {
  const notStarted = (change: Change) => {
    const away = change.replicas.filter((id) => replicas?.brokers.has(id) === false);
    const why = refused.get(keyOf(change)) ?? (away.length === 0 ? '' : `broker ${away.join(', ')} is away`);
    return `${keyOf(change)}: not started${why === '' ? '' : `, ${why}`}`;
  };
  return new KafkaHaError('deadline-exceeded', `nothing has moved for ${formatDuration(stalledMs)}`, {
    details: [
      ...(replicas?.ongoing ?? []).map((each) => `${keyOf(each)}: to broker ${each.adding.join(', ')}`),
      ...[...waiting].map(notStarted),
    ],
    hint: 'See whether a broker is away or the throttle too low (kafka-ha health). Run the same command again to go on, or kafka-ha scale --abort.',
  });
}
