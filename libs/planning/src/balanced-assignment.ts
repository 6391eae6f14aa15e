import { add, count, type Counts } from './counts.ts';
import { leadersWithout } from './leaders-without.ts';
import { rackLimit } from './racks.ts';

export type AssignmentInput = {
  /** Ids. Where two would do equally well the earlier one is taken: start elsewhere to spread small topics. */
  brokers: readonly number[];
  partitions: number;
  /** At most as many as there are brokers. */
  replicationFactor: number;
  /** Broker id to rack. With racks, no rack holds more replicas of a partition than it must. */
  racks?: ReadonlyMap<number, string>;
};

/**
 * Replica lists per partition, the preferred leader first, such that leadership is even and stays even after losses.
 *
 * When brokers are lost, Kafka makes the first replica that is left the leader. So the lists are filled place by place:
 * first all leaders, then all second places, so that whichever broker is lost the others share its partitions evenly,
 * then all third places, so that the same holds for any two; as many losses as the replication factor 2f+1 is meant
 * to bear. What is left is filled to hold equally many replicas everywhere; that, where both cannot be had, goes first.
 *
 * On 5 brokers with 5 replicas, 20 partitions and 60 are exactly even; 20 are then all ordered pairs of brokers.
 */
export function balancedAssignment(input: AssignmentInput): number[][] {
  const { brokers, partitions, replicationFactor } = input;
  if (replicationFactor > brokers.length) {
    throw new RangeError(
      `${replicationFactor} replicas need as many brokers, but there are ${brokers.length}`,
    );
  }
  const lists: number[][] = Array.from({ length: partitions }, () => []);
  const held = new Map(brokers.map((id) => [id, 0]));
  const mayHold = rackRule(input);
  const lossesToBear = Math.floor((replicationFactor - 1) / 2);

  for (let place = 0; place < replicationFactor; place++) {
    const loads = new Map<string, Map<number, number>>();
    for (const list of lists) {
      const lost = [...list].sort((a, b) => a - b).join();
      const leads = loads.get(lost) ?? leadersWithout(list, lists, brokers);
      loads.set(lost, leads);

      const candidates = brokers.filter((id) => !list.includes(id) && mayHold(id, list));
      const [first, second] = place <= lossesToBear ? [leads, held] : [held, leads];
      const chosen = candidates.reduce((best, id) => (compare(id, best, first, second) < 0 ? id : best));
      list.push(chosen);
      add(leads, chosen, 1);
      add(held, chosen, 1);
    }
  }
  levelReplicas(lists, held, mayHold);
  return lists;
}

/** Moves single replicas, never leaders and the last places first, until no broker holds two more than another. */
function levelReplicas(lists: number[][], held: Counts, mayHold: RackRule): void {
  for (let move = nextMove(lists, held, mayHold); move !== undefined; move = nextMove(lists, held, mayHold)) {
    move.list[move.place] = move.to;
    add(held, move.from, -1);
    add(held, move.to, 1);
  }
}

type Move = { list: number[]; place: number; from: number; to: number };

function nextMove(lists: readonly number[][], held: Counts, mayHold: RackRule): Move | undefined {
  const fullest = [...held.keys()].sort((a, b) => count(held, b) - count(held, a));
  for (const from of fullest) {
    for (const to of fullest.toReversed()) {
      if (count(held, from) - count(held, to) < 2) break;
      const moves = lists
        .map((list) => ({ list, place: list.indexOf(from), from, to }))
        .filter(
          ({ list, place }) => place > 0 && !list.includes(to) && mayHold(to, list.toSpliced(place, 1)),
        );
      if (moves.length > 0) return moves.reduce((best, move) => (move.place >= best.place ? move : best));
    }
  }
  return undefined;
}

type RackRule = (id: number, others: readonly number[]) => boolean;

function rackRule({ brokers, replicationFactor, racks }: AssignmentInput): RackRule {
  if (racks === undefined) return () => true;
  const limit = rackLimit(brokers, replicationFactor, racks);
  return (id, others) => others.filter((other) => racks.get(other) === racks.get(id)).length < limit;
}

function compare(a: number, b: number, first: Counts, second: Counts): number {
  return count(first, a) - count(first, b) || count(second, a) - count(second, b);
}
