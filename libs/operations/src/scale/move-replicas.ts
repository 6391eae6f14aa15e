import { count, isKafkaHaError, KafkaHaError, readUntil, waitTelling, type Look } from '@kafka-ha/base';
import { formatBytes, formatDuration, formatRate, type Spec } from '@kafka-ha/config';
import { type FencedKafka, startReassignments } from '@kafka-ha/kafka';
import {
  bytesOf,
  type ReplicaChange,
  keyOf,
  type LogSizes,
  nextMoves,
  planMoves,
  type Replicas,
  type ReplicaSet,
} from '@kafka-ha/planning';
import {
  type FencedCluster,
  openKafka,
  readLogSizes,
  readReplicas,
  retryWhileUnreachable,
  withSignal,
} from '@kafka-ha/cluster';
import { awaitWhole } from './await-whole.ts';
import { removeThrottles } from './remove-throttles.ts';
import { leavingThrottles } from './leaving-throttles.ts';
import { setThrottles } from './throttles.ts';

const pollMs = 500;
/** Without a byte or a partition more: long enough for a broker that was killed to come back and recover its logs. */
const stalledMs = 600_000;

/**
 * Moves replicas until there is nothing left to move for the spec's brokers, under a throttle that is gone at the end. What
 * an earlier run has started is waited for where it leads to the same, and replaced where it does not. A topic that is
 * made meanwhile is moved in a next round. `stopNow` fires when nothing may be changed any more.
 */
export async function* moveReplicas(
  cluster: FencedCluster,
  kafka: FencedKafka,
  moving: { bytesPerSecond: number; stopNow: AbortSignal },
): AsyncGenerator<string, string> {
  try {
    return yield* moveAll(cluster.spec, kafka, {
      bytesPerSecond: moving.bytesPerSecond,
      signal: cluster.signal,
    });
  } catch (error) {
    throw await leavingThrottles(error, {
      open: (until) => openKafka(withSignal(cluster, until)),
      signal: cluster.signal,
      stopNow: moving.stopNow,
    });
  }
}

async function* moveAll(
  spec: Spec,
  kafka: FencedKafka,
  { bytesPerSecond, signal }: { bytesPerSecond: number; signal: AbortSignal },
): AsyncGenerator<string, string> {
  let moved = 0;
  for (;;) {
    const replicas = yield* awaitWhole(kafka, signal);
    const sizes = await readLogSizes(kafka, replicas.brokers.keys());
    const { changes, movedReplicas } = planMoves(spec, replicas, sizes);
    if (changes.length === 0 && replicas.ongoing.length === 0) break;
    if (movedReplicas > 0)
      await retryWhileUnreachable(
        () => setThrottles(kafka, changes, { replicas, bytesPerSecond, signal }),
        signal,
      );
    yield* makeMoves(kafka, { changes, copies: copiesOf([...changes, ...replicas.ongoing], sizes) }, signal);
    await untilTold(kafka, listsAfter(replicas, changes), signal);
    moved += movedReplicas;
  }
  yield 'removing the throttles';
  await retryWhileUnreachable(() => removeThrottles(kafka, signal), signal);
  return moved === 0
    ? 'every replica is where it should be'
    : `${count(moved, 'replica')} moved, no throttle left`;
}

/** Replica lists by partition, the moves made. */
function listsAfter(
  { partitions }: Replicas,
  changes: readonly ReplicaChange[],
): ReadonlyMap<string, string> {
  return new Map([...partitions, ...changes].map((each) => [keyOf(each), each.replicas.join()]));
}

const toldWithinMs = 15_000;

/**
 * The controller knows that a move is done before a broker that is asked for metadata does. What it told meanwhile would
 * look like a replica too many. Where somebody else has ended a move it never tells: then the next round looks again.
 */
async function untilTold(
  kafka: FencedKafka,
  expected: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<void> {
  const isTold = (each: ReplicaSet) =>
    (expected.get(keyOf(each)) ?? each.replicas.join()) === each.replicas.join();
  await readUntil(
    () => retryWhileUnreachable(() => readReplicas(kafka), signal),
    ({ partitions }) => partitions.every(isTold),
    { deadlineMs: toldWithinMs, intervalMs: pollMs, signal },
  );
}

/** Where a move under way is replaced by one to somewhere else, what is copied now is that. */
function copiesOf(
  moves: readonly Pick<ReplicaChange, 'topic' | 'partition' | 'adding'>[],
  sizes: LogSizes,
): Copy[] {
  const byPartition = new Map(moves.toReversed().map((move) => [keyOf(move), move]));
  return [...byPartition.values()].flatMap(({ topic, partition, adding }) =>
    adding.map((to) => ({ topic, partition, to, bytes: bytesOf(sizes, { topic, partition }) })),
  );
}

/** What is copied where to. */
type Copy = { topic: string; partition: number; to: number; bytes: number };

/**
 * Starts the changes, a few partitions at a time, until nothing is being moved any more; tells how far it is. A broker that
 * dies meanwhile is waited for: Kafka goes on by itself when it is back.
 *
 * @throws KafkaHaError `deadline-exceeded` after ten minutes in which nothing has moved.
 */
async function* makeMoves(
  kafka: FencedKafka,
  { copies, changes }: { copies: readonly Copy[]; changes: readonly ReplicaChange[] },
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const waiting = new Set(changes);
  const total = copies.reduce((sum, { bytes }) => sum + bytes, 0);
  const takers = new Set(copies.map(({ to }) => to));
  const progress = watchProgress();
  const look = async (): Promise<Look<void>> => {
    const replicas = await unlessUnreachable(() => readReplicas(kafka));
    if (replicas !== undefined && waiting.size === 0 && isSettled(replicas)) return { found: undefined };
    const started = replicas === undefined ? [] : nextMoves([...waiting], replicas);
    const untaken =
      started.length === 0
        ? []
        : await retryWhileUnreachable(() => startReassignments(kafka, started), signal);
    const refused = new Map(untaken.map((each) => [keyOf(each), each.why]));
    for (const change of started) if (!refused.has(keyOf(change))) waiting.delete(change);
    if (replicas !== undefined) dropDeleted(waiting, replicas);
    const sizes = await readLogSizes(kafka, takers);
    const moving = replicas && new Set([...replicas.ongoing, ...started, ...waiting].map(keyOf));
    const left = moving === undefined ? 'Kafka does not answer' : `partitions left: ${moving.size}`;
    const done = copied(copies, sizes, moving);
    const { hasMoved, amount } = progress.take({ done, total, left: moving?.size ?? -1 });
    return {
      missing: total === 0 ? left : `${left}; ${amount}`,
      late: () => stalled(replicas, waiting, refused),
      time: hasMoved ? 'begins anew' : undefined,
    };
  };
  yield* waitTelling(look, { deadlineMs: stalledMs, intervalMs: pollMs, signal });
}

/** A topic may be deleted before its turn comes. */
function dropDeleted(waiting: Set<ReplicaChange>, { partitions }: Replicas): void {
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
  return {
    take(now: Reading): { hasMoved: boolean; amount: string } {
      const hasMoved = last === undefined || now.done > last.done || now.left !== last.left;
      first ??= now;
      last = now;
      const perSecond = ((now.done - first.done) * 1000) / Math.max(1, performance.now() - started);
      const copied = `${formatBytes(now.done)} of ${formatBytes(now.total)} copied`;
      if (perSecond <= 0) return { hasMoved, amount: copied };
      const leftMs = ((now.total - now.done) * 1000) / perSecond;
      const rate = formatRate(perSecond);
      return { hasMoved, amount: `${copied}, ${rate}, ${formatDuration(leftMs)} to go` };
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
  waiting: ReadonlySet<ReplicaChange>,
  refused: ReadonlyMap<string, string>,
): KafkaHaError {
  const notStarted = (change: ReplicaChange) => {
    const away = change.replicas.filter((id) => replicas?.brokers.has(id) === false);
    const why = refused.get(keyOf(change)) ?? (away.length === 0 ? '' : `broker ${away.join(', ')} is away`);
    return `${keyOf(change)}: not started${why === '' ? '' : `, ${why}`}`;
  };
  return new KafkaHaError('deadline-exceeded', `nothing has moved for ${formatDuration(stalledMs)}`, {
    details: [
      ...(replicas?.ongoing ?? []).map((each) => `${keyOf(each)}: to broker ${each.adding.join(', ')}`),
      ...[...waiting].map(notStarted),
    ],
    hint: 'Check whether a broker is away or the throttle too low (kafka-ha health). Run the same command again to continue, or kafka-ha scale --abort.',
  });
}
