import { chooseLeaders } from './choose-leaders.ts';
import { lowerBound } from './lower-bound.ts';
import { orderReplicas } from './order-replicas.ts';
import { placementProblem } from './placement-problem.ts';
import { placeReplicas } from './place-replicas.ts';

export type ReassignmentInput = {
  topics: readonly MovableTopic[];
  /** Those that are to hold the replicas, by id: more or fewer than do now, or the same. */
  brokers: readonly number[];
  /** Broker id to rack, for all of `brokers`. With racks, no rack holds more replicas of a partition than it must. */
  racks?: ReadonlyMap<number, string>;
};

export type MovableTopic = {
  topic: string;
  /** As it is to be. */
  replicationFactor: number;
  partitions: readonly MovablePartition[];
};

export type MovablePartition = {
  partition: number;
  /** As they are now, the preferred leader first. */
  replicas: readonly number[];
  /** Of one replica. Where it is not known, replicas are counted. */
  bytes?: number;
};

export type Reassignment = {
  /** Those partitions whose replicas, or whose order of them, change. */
  changes: readonly Change[];
  movedReplicas: number;
  movedBytes: number;
  /** What is moved, each replica in mebibytes and as one at least. */
  movedWeight: number;
  /** What any placement within the same limits moves at least: see `lowerBound`. */
  lowerBound: number;
};

export type Change = {
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
export function reassignment(input: ReassignmentInput): Reassignment {
  const { topics, brokers } = input;
  for (const { topic, replicationFactor } of topics)
    if (replicationFactor > brokers.length)
      throw new RangeError(
        `${replicationFactor} replicas of ${topic} need as many brokers, not ${brokers.length}`,
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

function changeOf(topic: string, before: MovablePartition, replicas: readonly number[]): Change[] {
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
