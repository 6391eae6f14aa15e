import { setTimeout as sleep } from 'node:timers/promises';
import type { Spec } from '@kafka-ha/config';
import type { FencedKafka } from '@kafka-ha/kafka';
import {
  bytesOf,
  type Change,
  keyOf,
  type LogSizes,
  planMoves,
  type Replicas,
  type ReplicaSet,
} from '@kafka-ha/planning';
import { type FencedCluster, openKafka, patiently, readLogSizes, readReplicas } from '@kafka-ha/cluster';
import { awaitWhole } from './await-whole.ts';
import { makeMoves, type Copy } from './make-moves.ts';
import { removeThrottles } from './remove-throttles.ts';
import { leavingThrottles } from './leaving-throttles.ts';
import { setThrottles } from './throttles.ts';

/**
 * Moves replicas until there is nothing left to move for the spec's brokers, under a throttle that is gone at the end. What
 * an earlier run has started is waited for where it leads to the same, and replaced where it does not. A topic that is
 * made meanwhile is moved in a next round. `lost` fires when nothing may be changed any more.
 */
export async function* moveReplicas(
  cluster: FencedCluster,
  kafka: FencedKafka,
  moving: { bytesPerSecond: number; signal: AbortSignal; lost: AbortSignal },
): AsyncGenerator<string, string> {
  try {
    return yield* moveAll(cluster.spec, kafka, moving);
  } catch (error) {
    throw await leavingThrottles(error, {
      open: (until) => openKafka(cluster, until),
      signal: moving.signal,
      lost: moving.lost,
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
      await patiently(() => setThrottles(kafka, changes, { replicas, bytesPerSecond, signal }), signal);
    yield* makeMoves(kafka, { changes, copies: copiesOf([...changes, ...replicas.ongoing], sizes) }, signal);
    await untilTold(kafka, listsAfter(replicas, changes), signal);
    moved += movedReplicas;
  }
  yield 'removing the throttles';
  await patiently(() => removeThrottles(kafka, signal), signal);
  return moved === 0 ? 'every replica is where it should be' : `${moved} replicas moved, no throttle left`;
}

/** Replica lists by partition, the moves made. */
function listsAfter({ partitions }: Replicas, changes: readonly Change[]): ReadonlyMap<string, string> {
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
  const started = performance.now();
  while (performance.now() - started < toldWithinMs) {
    const { partitions } = await patiently(() => readReplicas(kafka), signal);
    const isTold = (each: ReplicaSet) =>
      (expected.get(keyOf(each)) ?? each.replicas.join()) === each.replicas.join();
    if (partitions.every(isTold)) return;
    await sleep(500, undefined, { signal });
  }
}

/** Where a move under way is replaced by one to somewhere else, what is copied now is that. */
function copiesOf(moves: readonly Pick<Change, 'topic' | 'partition' | 'adding'>[], sizes: LogSizes): Copy[] {
  const byPartition = new Map(moves.toReversed().map((move) => [keyOf(move), move]));
  return [...byPartition.values()].flatMap(({ topic, partition, adding }) =>
    adding.map((to) => ({ topic, partition, to, bytes: bytesOf(sizes, { topic, partition }) })),
  );
}
