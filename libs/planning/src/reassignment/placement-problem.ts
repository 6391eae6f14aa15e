import { rackLimit } from '../racks.ts';
import { fairShares, wholeNumbersAround } from './fair-shares.ts';

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

/** Which brokers are to hold each partition: what is given, and within which limits to choose. */
export type PlacementProblem = {
  brokers: readonly number[];
  racks: ReadonlyMap<number, string> | undefined;
  topics: readonly TopicProblem[];
  /** How many replicas of all topics together a broker may hold. */
  bands: ReadonlyMap<number, Band>;
};

export type TopicProblem = {
  replicationFactor: number;
  /** Of a partition's replicas, for each rack. */
  rackLimit: number;
  /** How many replicas of this topic a broker may hold. */
  bands: ReadonlyMap<number, Band>;
  partitions: readonly PartitionProblem[];
};

export type PartitionProblem = {
  /** A replica on one of these does not have to be moved. */
  held: ReadonlySet<number>;
  /** What it costs to bring one replica elsewhere: mebibytes, but one at least. */
  weight: number;
};

export type Band = { least: number; most: number };

export function placementProblem({ brokers, racks, topics }: ReassignmentInput): PlacementProblem {
  const shares = topics.map(({ partitions, replicationFactor }) =>
    fairShares(brokers, racks, { partitions: partitions.length, replicationFactor }),
  );
  const total = new Map(
    brokers.map((id) => [id, shares.reduce((sum, share) => sum + (share.get(id) ?? 0), 0)]),
  );
  return {
    brokers,
    racks,
    topics: topics.map((topic, index) => ({
      replicationFactor: topic.replicationFactor,
      rackLimit: rackLimit(brokers, topic.replicationFactor, racks),
      bands: bandsOf(shares[index]!),
      partitions: partitionsOf(topic),
    })),
    bands: bandsOf(total),
  };
}

function bandsOf(shares: ReadonlyMap<number, number>): Map<number, Band> {
  return new Map([...shares].map(([id, share]) => [id, wholeNumbersAround(share)]));
}

const mebibyte = 1024 * 1024;

function partitionsOf({ partitions }: MovableTopic): PartitionProblem[] {
  return partitions.map(({ replicas, bytes = 0 }) => ({
    held: new Set(replicas),
    weight: Math.max(1, Math.ceil(bytes / mebibyte)),
  }));
}
