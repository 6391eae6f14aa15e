import type { Band, PartitionProblem, PlacementProblem, TopicProblem } from './placement-problem.ts';

/** What a broker asks for a replica: of each topic, and of all alike. Any numbers at all. */
export type BrokerPrices = {
  ofTopics: readonly ReadonlyMap<number, number>[];
  ofAll: ReadonlyMap<number, number>;
};

/**
 * A weight below which no placement within the limits can stay, whatever the prices are.
 *
 * Let brokers ask a price for each replica. A placement then pays for what it moves and for where it is. No partition pays
 * less than its cheapest choice, whatever the others do; and no placement within the limits pays the brokers more than the
 * dearest numbers within the limits come to. So what it moves is at least the first less the second. (This is the
 * Lagrangian dual; the right prices make it exact. It shares no code with the search for the placement.)
 */
export function lowerBound(problem: PlacementProblem, prices: BrokerPrices): number {
  const { topics, brokers, racks, bands } = problem;
  let paid = 0;
  let asked = dearest(replicasOf(topics), bands, prices.ofAll);
  for (const [index, topic] of topics.entries()) {
    const ofTopic = prices.ofTopics[index]!;
    asked += dearest(replicasOf([topic]), topic.bands, ofTopic);
    const priceOf = (id: number) => (prices.ofAll.get(id) ?? 0) + (ofTopic.get(id) ?? 0);
    for (const partition of topic.partitions) paid += cheapest(partition, topic, { brokers, racks, priceOf });
  }
  // Weights are whole numbers; prices carry an error that is together less than one.
  return Math.max(0, Math.ceil(paid - asked - rounding));
}

const rounding = 1e-3;

/** The least that a partition can pay: the cheapest brokers one after the other, as its racks allow. */
function cheapest(
  { held, weight }: PartitionProblem,
  { replicationFactor, rackLimit }: TopicProblem,
  market: {
    brokers: readonly number[];
    racks: ReadonlyMap<number, string> | undefined;
    priceOf: (id: number) => number;
  },
): number {
  const offers = market.brokers
    .map((id) => ({ rack: market.racks?.get(id), costs: market.priceOf(id) + (held.has(id) ? 0 : weight) }))
    .sort((a, b) => a.costs - b.costs);
  const taken = new Map<string | undefined, number>();
  let left = replicationFactor;
  let sum = 0;
  for (const { rack, costs } of offers) {
    const here = taken.get(rack) ?? 0;
    if (left === 0 || here >= rackLimit) continue;
    taken.set(rack, here + 1);
    sum += costs;
    left -= 1;
  }
  return sum;
}

/** The most that so many replicas can pay the brokers within their bands. */
function dearest(
  replicas: number,
  bands: ReadonlyMap<number, Band>,
  prices: ReadonlyMap<number, number>,
): number {
  const dearestFirst = [...bands].sort(([a], [b]) => (prices.get(b) ?? 0) - (prices.get(a) ?? 0));
  let left = replicas - dearestFirst.reduce((sum, [, { least }]) => sum + least, 0);
  let sum = 0;
  for (const [id, { least, most }] of dearestFirst) {
    const more = Math.min(left, most - least);
    sum += (least + more) * (prices.get(id) ?? 0);
    left -= more;
  }
  return sum;
}

function replicasOf(topics: readonly TopicProblem[]): number {
  return topics.reduce(
    (sum, { partitions, replicationFactor }) => sum + partitions.length * replicationFactor,
    0,
  );
}
