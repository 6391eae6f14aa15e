import { evenArcs } from './even-arcs.ts';
import { wholeNumbersAround } from './fair-shares.ts';
import { minCostFlow, type Arc } from './min-cost-flow.ts';

export type HeldPartition = {
  holders: readonly number[];
  /** Who was to lead until now. */
  leader: number | undefined;
};

/**
 * The leader of every partition, among the brokers that hold it, such that each topic's leaders and those of all topics
 * together are even (with even numbers of replicas they always can be); and of all such choices one that changes the
 * fewest leaders. A flow of one unit from each partition.
 */
export function chooseLeaders(
  topics: readonly (readonly HeldPartition[])[],
  brokers: readonly number[],
): number[][] {
  const partitionCount = topics.reduce((sum, partitions) => sum + partitions.length, 0);
  const supplies: number[] = [-partitionCount];
  const sink = 0;
  const arcs: Arc[] = [];
  const node = (supply = 0) => supplies.push(supply) - 1;
  /** One step towards evenness outweighs all changes of leaders. */
  const step = partitionCount + 1;
  const evenShare = (partitions: number) => wholeNumbersAround(partitions / brokers.length);

  const brokerNodes = new Map(
    brokers.map((id) => {
      const broker = node();
      arcs.push(...evenArcs(broker, sink, { most: partitionCount, even: evenShare(partitionCount), step }));
      return [id, broker];
    }),
  );
  const choices = topics.map((partitions) => {
    const limits = { most: partitions.length, even: evenShare(partitions.length), step };
    const topicNodes = new Map(
      brokers.map((id) => {
        const broker = node();
        arcs.push(...evenArcs(broker, brokerNodes.get(id)!, limits));
        return [id, broker];
      }),
    );
    return partitions.map(({ holders, leader }) => {
      const source = node(1);
      return holders.map((broker) => ({
        broker,
        arc:
          arcs.push({ from: source, to: topicNodes.get(broker)!, most: 1, cost: broker === leader ? 0 : 1 }) -
          1,
      }));
    });
  });
  const { units } = minCostFlow({ supplies, arcs });
  return choices.map((ofTopic) =>
    ofTopic.map((options) => options.find(({ arc }) => units[arc] === 1)!.broker),
  );
}
