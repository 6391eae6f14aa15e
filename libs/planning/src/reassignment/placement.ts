import type { BrokerPrices } from './lower-bound.ts';
import type { PlacementProblem } from './placement-problem.ts';

export type Placement = {
  /** Per topic and partition the brokers that hold it, in no order that means anything. */
  sets: number[][][];
  /** The weight of all replicas that come to a broker which did not hold them. */
  moved: number;
  prices: BrokerPrices;
};

export function weightMoved({ topics }: PlacementProblem, sets: Placement['sets']): number {
  let moved = 0;
  for (const [topic, { partitions }] of topics.entries())
    for (const [partition, { held, weight }] of partitions.entries())
      for (const id of sets[topic]![partition]!) if (!held.has(id)) moved += weight;
  return moved;
}

/** Nodes of a network that stand for the brokers, in all and of each topic. */
type BrokerNodes = { topicNodes: readonly number[][]; brokerNodes: readonly number[]; sink: number };

export function pricesOf(
  { brokers }: PlacementProblem,
  { topicNodes, brokerNodes, sink }: BrokerNodes,
  prices: Float64Array,
): BrokerPrices {
  const priceOf = (from: number, to: number) => prices[to]! - prices[from]!;
  return {
    ofTopics: topicNodes.map(
      (nodes) => new Map(brokers.map((id, at) => [id, priceOf(nodes[at]!, brokerNodes[at]!)])),
    ),
    ofAll: new Map(brokers.map((id, at) => [id, priceOf(brokerNodes[at]!, sink)])),
  };
}
