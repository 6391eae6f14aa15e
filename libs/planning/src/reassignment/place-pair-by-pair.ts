import { minCostFlow, type Arc } from './min-cost-flow.ts';
import { pricesOf, weightMoved, type Placement } from './placement.ts';
import type { PlacementProblem, TopicProblem } from './placement-problem.ts';

/**
 * It is a flow: each partition sends as many units as it has replicas, by its racks (at most the limit through each) to
 * brokers, one to each at most, at no cost to those that hold it already. Brokers take between the least and the most
 * that is even, first of each topic, then of all together.
 */
export function placePairByPair(problem: PlacementProblem): Placement {
  const network = placementNetwork(problem);
  const { units, prices } = minCostFlow(network);
  const sets = problem.topics.map(({ partitions }) => partitions.map((): number[] => []));
  for (const { topic, partition, broker, arc } of network.choices)
    if (units[arc]! > 0) sets[topic]![partition]!.push(broker);
  return { sets, moved: weightMoved(problem, sets), prices: pricesOf(problem, network, prices) };
}

type Choice = { topic: number; partition: number; broker: number; arc: number };

function placementNetwork({ brokers, racks, topics, bands }: PlacementProblem) {
  const supplies: number[] = [];
  const arcs: Arc[] = [];
  const choices: Choice[] = [];
  const node = (supply = 0) => supplies.push(supply) - 1;

  const sink = node();
  const brokerNodes = brokers.map((id) => {
    const broker = node();
    arcs.push({ from: broker, to: sink, ...bands.get(id)!, cost: 0 });
    return broker;
  });
  const topicNodes = topics.map((topic, topicIndex) => {
    const nodes = brokers.map((id, at) => {
      const broker = node();
      arcs.push({ from: broker, to: brokerNodes[at]!, ...topic.bands.get(id)!, cost: 0 });
      return broker;
    });
    for (const [partition, { held, weight }] of topic.partitions.entries()) {
      const source = node(topic.replicationFactor);
      supplies[sink]! -= topic.replicationFactor;
      const exitTo = exits(source, topic);
      for (const [at, broker] of brokers.entries()) {
        const choice = { from: exitTo(broker), to: nodes[at]!, most: 1, cost: held.has(broker) ? 0 : weight };
        choices.push({ topic: topicIndex, partition, broker, arc: arcs.push(choice) - 1 });
      }
    }
    return nodes;
  });
  return { supplies, arcs, choices, topicNodes, brokerNodes, sink };

  /** Where a partition's units to a broker start: at the partition, or at its rack where that has a limit. */
  function exits(source: number, { rackLimit, replicationFactor }: TopicProblem): (broker: number) => number {
    if (racks === undefined || rackLimit >= replicationFactor) return () => source;
    const byRack = new Map<string | undefined, number>();
    return (broker) => {
      const rack = racks.get(broker);
      const known = byRack.get(rack);
      if (known !== undefined) return known;
      const exit = node();
      arcs.push({ from: source, to: exit, most: rackLimit, cost: 0 });
      byRack.set(rack, exit);
      return exit;
    };
  }
}
