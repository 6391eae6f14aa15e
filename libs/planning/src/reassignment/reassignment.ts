import { lowerBound } from './lower-bound.ts';
import { type MovablePartition, placementProblem, type ReassignmentInput } from './placement-problem.ts';
import { placeReplicas } from './place-replicas.ts';
import { evenArcs } from './even-arcs.ts';
import { wholeNumbersAround } from './fair-shares.ts';
import { type Arc, minCostFlow } from './min-cost-flow.ts';
import { add, count, type Counts } from '../counts.ts';
import { leadersWithout } from '../leaders-without.ts';
import { chooseSeconds } from './choose-seconds.ts';

export type MovePlan = {
  /** Those partitions whose replicas, or whose order of them, change. */
  changes: readonly ReplicaChange[];
  movedReplicas: number;
  movedBytes: number;
  /** What is moved, each replica in mebibytes and as one at least. */
  movedWeight: number;
  /** What any placement within the same limits moves at least: see `lowerBound`. */
  lowerBound: number;
};

export type ReplicaChange = {
  topic: string;
  partition: number;
  /** The preferred leader first. */
  replicas: readonly number[];
  /** Brokers to which the partition is copied. */
  adding: readonly number[];
  removing: readonly number[];
  /** Of one replica. */
  bytes: number;
};

/**
 * From the replicas that there are to the wanted brokers, moving the least that is possible: every broker holds as many
 * replicas as every other, but one, of each topic and of all together (racks of different sizes allowing), leads as many
 * partitions as every other, but one, and does so again after any one loss as far as the least moves allow.
 *
 * @throws RangeError where a topic has a higher replication factor than there are brokers.
 */
export function reassignment(input: ReassignmentInput): MovePlan {
  const { topics, brokers } = input;
  for (const { topic, replicationFactor } of topics)
    if (replicationFactor > brokers.length)
      throw new RangeError(
        `${replicationFactor} replicas of ${topic} need as many brokers, but there are ${brokers.length}`,
      );
  const problem = placementProblem(input);
  const { sets, moved, prices } = placeReplicas(problem);
  const leaders = chooseLeaders(
    topics.map(({ partitions }, index) =>
      partitions.map(({ replicas }, at) => ({ holders: sets[index]![at]!, leader: replicas[0] })),
    ),
    brokers,
  );
  const changes = topics.flatMap(({ topic, partitions }, index) => {
    const unordered = partitions.map(({ replicas }, at) => ({
      holders: sets[index]![at]!,
      leader: leaders[index]![at]!,
      before: replicas,
    }));
    const lists = orderReplicas(unordered, brokers);
    return partitions.flatMap((before, at) => changeOf(topic, before, lists[at]!));
  });
  return {
    changes,
    movedReplicas: changes.reduce((sum, { adding }) => sum + adding.length, 0),
    movedBytes: changes.reduce((sum, { adding, bytes }) => sum + adding.length * bytes, 0),
    movedWeight: moved,
    lowerBound: lowerBound(problem, prices),
  };
}

function changeOf(topic: string, before: MovablePartition, replicas: readonly number[]): ReplicaChange[] {
  if (replicas.join() === before.replicas.join()) return [];
  return [
    {
      topic,
      partition: before.partition,
      replicas,
      adding: replicas.filter((id) => !before.replicas.includes(id)),
      removing: before.replicas.filter((id) => !replicas.includes(id)),
      bytes: before.bytes ?? 0,
    },
  ];
}

type HeldPartition = {
  holders: readonly number[];
  /** Who was to lead until now. */
  leader: number | undefined;
};

/**
 * The leader of every partition, among the brokers that hold it, such that each topic's leaders and those of all topics
 * together are even (with even numbers of replicas they always can be); and of all such choices one that changes the
 * fewest leaders. A flow of one unit from each partition.
 */
function chooseLeaders(
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
    const holding = new Set(partitions.flatMap(({ holders }) => holders));
    const topicNodes = new Map(
      [...holding].map((id) => {
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

type UnorderedPartition = { holders: readonly number[]; leader: number; before: readonly number[] };

/**
 * The replica lists of one topic: the leaders as given, then whoever leads when they are lost, and so on for as many losses
 * as the replication factor 2f + 1 is meant to bear, each place as even as those before it allow.
 */
function orderReplicas(partitions: readonly UnorderedPartition[], brokers: readonly number[]): number[][] {
  const seconds = chooseSeconds(
    partitions.map(({ holders, leader, before }) => ({
      leader,
      followers: holders.filter((id) => id !== leader),
      second: before[0] === leader ? before[1] : undefined,
    })),
    brokers,
  );
  const lists = partitions.map(({ leader }, index) => {
    const second = seconds[index];
    return second === undefined ? [leader] : [leader, second];
  });
  const most = Math.max(0, ...partitions.map(({ holders }) => holders.length));
  const lossesToBear = Math.floor((most - 1) / 2);
  for (let place = 2; place <= lossesToBear; place++) fillPlace(lists, partitions, brokers);
  return lists.map((list, index) => [...list, ...inFormerOrder(partitions[index]!, list)]);
}

/** Whoever would lead the fewest if all before it in the list were lost. */
function fillPlace(
  lists: number[][],
  partitions: readonly UnorderedPartition[],
  brokers: readonly number[],
): void {
  const leadsAfter = new Map<string, Counts>();
  for (const [index, list] of lists.entries()) {
    const lost = [...list].sort((a, b) => a - b).join();
    const leads = leadsAfter.get(lost) ?? leadersWithout(list, lists, brokers);
    leadsAfter.set(lost, leads);
    const candidates = brokers.filter((id) => partitions[index]!.holders.includes(id) && !list.includes(id));
    if (candidates.length === 0) continue;
    const chosen = candidates.reduce((best, id) => (count(leads, id) < count(leads, best) ? id : best));
    list.push(chosen);
    add(leads, chosen, 1);
  }
}

/** Those that were there before as they stood, then those that are new. */
function inFormerOrder({ holders, before }: UnorderedPartition, placed: readonly number[]): number[] {
  const left = holders.filter((id) => !placed.includes(id));
  const rank = (id: number) => (before.includes(id) ? before.indexOf(id) : before.length + id);
  return left.sort((a, b) => rank(a) - rank(b));
}
