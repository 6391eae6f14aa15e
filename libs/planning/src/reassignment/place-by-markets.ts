import { groupBy } from '@kafka-ha/base';
import { lowerBound } from './lower-bound.ts';
import { minCostFlow, type Arc } from './min-cost-flow.ts';
import { pricesOf, weightMoved, type Placement } from './placement.ts';
import type { PlacementProblem, TopicProblem } from './placement-problem.ts';

/**
 * Chooses as `placePairByPair` does, from a network with an arc for each replica that is there and one for all that may come to a
 * partition, instead of one for each partition and broker: with 50 brokers a tenth of them, and of the time.
 *
 * All that is moved within a topic, and where racks have a limit within one of them, goes by a market: partitions buy there,
 * brokers sell. Who buys of whom is settled afterwards, and may turn out impossible, as no broker holds a partition twice.
 * That what comes out is the least is known by the lower bound; undefined where it is not met.
 */
export function placeByMarkets(problem: PlacementProblem): Placement | undefined {
  const network = marketNetwork(problem);
  const { units, prices } = minCostFlow(network);
  const sets = problem.topics.map(({ partitions }) => partitions.map((): number[] => []));
  for (const { topic, partition, broker, arc } of network.kept)
    if (units[arc]! > 0) sets[topic]![partition]!.push(broker);
  for (const { topic, buyers, sellers } of network.markets) {
    const ofTopic = sets[topic]!;
    const orders = buyers.flatMap(({ partition, arc }) =>
      units[arc]! > 0 ? [{ set: ofTopic[partition]!, wanted: units[arc]! }] : [],
    );
    const stock = new Map(sellers.map(({ broker, arc }) => [broker, units[arc]!]));
    if (!settle(orders, stock)) return undefined;
  }
  const placement = { sets, moved: weightMoved(problem, sets), prices: pricesOf(problem, network, prices) };
  return placement.moved === lowerBound(problem, placement.prices) ? placement : undefined;
}

type Market = {
  topic: number;
  buyers: { partition: number; arc: number }[];
  sellers: { broker: number; arc: number }[];
};

function marketNetwork(problem: PlacementProblem) {
  const { brokers, topics, bands } = problem;
  const supplies: number[] = [];
  const arcs: Arc[] = [];
  const kept: { topic: number; partition: number; broker: number; arc: number }[] = [];
  const markets: Market[] = [];
  const node = (supply = 0) => supplies.push(supply) - 1;
  const arc = (each: Arc) => arcs.push(each) - 1;

  const sink = node();
  const brokerNodes = brokers.map((id) => {
    const broker = node();
    arc({ from: broker, to: sink, ...bands.get(id)!, cost: 0 });
    return broker;
  });
  const topicNodes = topics.map((topic, topicIndex) => {
    const { replicationFactor, partitions } = topic;
    const nodes = brokers.map((id, at) => {
      const broker = node();
      arc({ from: broker, to: brokerNodes[at]!, ...topic.bands.get(id)!, cost: 0 });
      return broker;
    });
    const nodeOf = new Map(brokers.map((id, at) => [id, nodes[at]!]));
    const sources = partitions.map(() => node(replicationFactor));
    supplies[sink]! -= replicationFactor * partitions.length;
    for (const { members, limit } of limitedGroups(problem, topic)) {
      const market = node();
      const sellers = members.map((broker) => {
        const sale = { from: market, to: nodeOf.get(broker)!, most: partitions.length, cost: 0 };
        return { broker, arc: arc(sale) };
      });
      const here = new Set(members);
      const buyers = partitions.map(({ held, weight }, partition) => {
        const source = sources[partition]!;
        const holders = [...held].filter((id) => here.has(id));
        // What is kept and what comes share the limit of the rack.
        const isLimited = limit < replicationFactor && holders.length > 0;
        const exit = isLimited ? node() : source;
        if (isLimited) arc({ from: source, to: exit, most: limit, cost: 0 });
        for (const broker of holders) {
          const keep = arc({ from: exit, to: nodeOf.get(broker)!, most: 1, cost: 0 });
          kept.push({ topic: topicIndex, partition, broker, arc: keep });
        }
        return { partition, arc: arc({ from: exit, to: market, most: limit, cost: weight }) };
      });
      markets.push({ topic: topicIndex, buyers, sellers });
    }
    return nodes;
  });
  return { supplies, arcs, kept, markets, topicNodes, brokerNodes, sink };
}

/** Brokers with how many replicas of a partition they may hold together: racks, where these have a limit. */
function limitedGroups(
  { brokers, racks }: PlacementProblem,
  { rackLimit, replicationFactor }: TopicProblem,
): { members: number[]; limit: number }[] {
  if (racks === undefined || rackLimit >= replicationFactor)
    return [{ members: [...brokers], limit: replicationFactor }];
  const groups = groupBy(brokers, (id) => racks.get(id));
  return [...groups.values()].map((members) => ({ members, limit: Math.min(rackLimit, members.length) }));
}

type Order = { set: number[]; wanted: number };

/** Gives each buyer others than it has, of whom there are the most left; false where that does not come out even. */
function settle(orders: readonly Order[], stock: Map<number, number>): boolean {
  const sold: { set: number[]; broker: number }[] = [];
  for (const { set, wanted } of orders.toSorted((a, b) => b.wanted - a.wanted))
    for (let left = wanted; left > 0; left--) {
      let chosen: number | undefined;
      for (const [broker, more] of stock)
        if (more > 0 && more > (stock.get(chosen!) ?? 0) && !set.includes(broker)) chosen = broker;
      chosen ??= exchanged(set, sold, stock);
      if (chosen === undefined) return false;
      stock.set(chosen, stock.get(chosen)! - 1);
      set.push(chosen);
      sold.push({ set, broker: chosen });
    }
  return true;
}

/** Has an earlier buyer take another broker for one that this one can take. */
function exchanged(
  set: readonly number[],
  sold: { set: number[]; broker: number }[],
  stock: Map<number, number>,
): number | undefined {
  const over = [...stock].filter(([, more]) => more > 0).map(([broker]) => broker);
  for (const sale of sold) {
    const other = over.find((broker) => !sale.set.includes(broker));
    if (other === undefined || set.includes(sale.broker)) continue;
    const given = sale.broker;
    sale.set[sale.set.indexOf(given)] = other;
    sale.broker = other;
    stock.set(other, stock.get(other)! - 1);
    stock.set(given, stock.get(given)! + 1);
    return given;
  }
  return undefined;
}
