import type { ReplicaChange } from '../reassignment/reassignment.ts';
import { keyOf, type Replicas } from './replicas.ts';

/**
 * A broker that takes replicas is told of each by a request of its own, one after the other. One that is in sync waits
 * behind those of all that were started after it, and so do those that write to it: 40 at once cost 4 s on two cores.
 */
const usualAtOnce = 8;

/**
 * Which of the waiting moves may be started: so many that no broker takes more than a few partitions at a time, though one
 * from each sender. Of each sender the largest first, as each has a rate of its own, and small ones beside it. A partition
 * that is not whole waits until it is, and a move to a broker that is away until it is back: Kafka would refuse it.
 */
export function nextMoves(
  waiting: readonly ReplicaChange[],
  { brokers, partitions, ongoing }: Pick<Replicas, 'brokers' | 'partitions' | 'ongoing'>,
): ReplicaChange[] {
  const leaders = new Map(partitions.map((each) => [keyOf(each), each.leader]));
  const whole = new Set(
    partitions.filter(({ leader, missing }) => leader !== null && missing.length === 0).map(keyOf),
  );
  const atOnce = Math.max(usualAtOnce, brokers.size);
  const taking = new Map<number, number>();
  const sending = new Map<number | null, number>();
  const add = (move: Pick<ReplicaChange, 'topic' | 'partition' | 'adding'>) => {
    for (const id of move.adding) taking.set(id, (taking.get(id) ?? 0) + 1);
    const leader = leaderOf(move);
    sending.set(leader, (sending.get(leader) ?? 0) + 1);
  };
  const leaderOf = (move: Pick<ReplicaChange, 'topic' | 'partition'>) => leaders.get(keyOf(move)) ?? null;
  const busy = (move: ReplicaChange) => sending.get(leaderOf(move)) ?? 0;
  ongoing.forEach(add);
  const chosen: ReplicaChange[] = [];
  const left = new Set(
    waiting.filter((move) => whole.has(keyOf(move)) && move.replicas.every((id) => brokers.has(id))),
  );
  for (;;) {
    const free = [...left].filter(({ adding }) => adding.every((id) => (taking.get(id) ?? 0) < atOnce));
    const idlest = free.reduce((least, move) => Math.min(least, busy(move)), Infinity);
    const bySize = free.filter((move) => busy(move) === idlest).toSorted((a, b) => a.bytes - b.bytes);
    const next = bySize.at(idlest === 0 ? -1 : 0);
    if (next === undefined) return chosen;
    chosen.push(next);
    left.delete(next);
    add(next);
  }
}
