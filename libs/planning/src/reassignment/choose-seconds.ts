import { add, count, type Counts } from '../counts.ts';
import { evenArcs } from './even-arcs.ts';
import { wholeNumbersAround } from './fair-shares.ts';
import { minCostFlow, type Arc } from './min-cost-flow.ts';

export type LedPartition = {
  leader: number;
  /** The other brokers that hold it. */
  followers: readonly number[];
  /** Who was second until now. */
  second: number | undefined;
};

/**
 * The broker that leads each partition of a topic when its leader is lost, chosen such that whichever broker is lost the
 * others lead evenly, as far as what they hold allows; and of all such choices one that changes the least. Undefined
 * where nobody else holds a partition.
 */
export function chooseSeconds(
  partitions: readonly LedPartition[],
  brokers: readonly number[],
): (number | undefined)[] {
  const leads: Counts = new Map();
  for (const { leader } of partitions) add(leads, leader, 1);
  const even = wholeNumbersAround(partitions.length / Math.max(1, brokers.length - 1));
  const seconds = new Array<number | undefined>(partitions.length);
  for (const lost of leads.keys()) {
    const orphans = [...partitions.keys()].filter(
      (index) => partitions[index]!.leader === lost && partitions[index]!.followers.length > 0,
    );
    const chosen = heirs(
      orphans.map((index) => partitions[index]!),
      (id) => ({ least: even.least - count(leads, id), most: even.most - count(leads, id) }),
    );
    for (const [at, index] of orphans.entries()) seconds[index] = chosen[at];
  }
  return seconds;
}

/** Of the partitions of one lost broker. `evenFor` is how many more each of the others should lead. */
function heirs(
  orphans: readonly LedPartition[],
  evenFor: (id: number) => { least: number; most: number },
): number[] {
  const supplies: number[] = [-orphans.length];
  const sink = 0;
  const arcs: Arc[] = [];
  const node = (supply = 0) => supplies.push(supply) - 1;
  const step = orphans.length + 1;
  const heirNodes = new Map(
    [...new Set(orphans.flatMap(({ followers }) => followers))].map((id) => {
      const heir = node();
      arcs.push(...evenArcs(heir, sink, { most: orphans.length, even: evenFor(id), step }));
      return [id, heir];
    }),
  );
  const choices = orphans.map(({ followers, second }) => {
    const source = node(1);
    return followers.map((broker) => ({
      broker,
      arc:
        arcs.push({ from: source, to: heirNodes.get(broker)!, most: 1, cost: broker === second ? 0 : 1 }) - 1,
    }));
  });
  const { units } = minCostFlow({ supplies, arcs });
  return choices.map((options) => options.find(({ arc }) => units[arc] === 1)!.broker);
}
