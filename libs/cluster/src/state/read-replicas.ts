import {
  listReassignments,
  readCluster,
  readReplicaSizes,
  readTopics,
  type KafkaConnection,
  type PartitionMetadata,
  type OngoingReassignment,
} from '@kafka-ha/kafka';
import { keyOf, type LogSizes, type Replicas, type ReplicaSet } from '@kafka-ha/planning';

/** Every topic's, internal ones and those that no file knows included. */
export async function readReplicas(kafka: KafkaConnection): Promise<Replicas> {
  const [{ brokers }, topics, ongoing] = await Promise.all([
    readCluster(kafka),
    readTopics(kafka),
    listReassignments(kafka),
  ]);
  const moves = new Map(ongoing.map((each) => [keyOf(each), each]));
  return {
    brokers: new Map(brokers.map(({ id, rack }) => [id, rack ?? null])),
    ongoing,
    partitions: topics.flatMap(({ name, partitions }) =>
      partitions.map((partition) => {
        const moving = moves.get(keyOf({ topic: name, partition: partition.partition }));
        return replicaSet(name, partition, moving);
      }),
    ),
  };
}

/** While a partition moves, Kafka lists what it moves to first, in order, then what it will drop. */
function replicaSet(
  topic: string,
  partition: PartitionMetadata,
  moving: OngoingReassignment | undefined,
): ReplicaSet {
  const { replicas, isr, leader } = partition;
  const { adding = [], removing = [] } = moving ?? {};
  return {
    topic,
    partition: partition.partition,
    leader,
    replicas: replicas.filter((id) => !removing.includes(id)),
    missing: replicas.filter((id) => !adding.includes(id) && !isr.includes(id)),
  };
}

export async function readLogSizes(kafka: KafkaConnection, brokers: Iterable<number>): Promise<LogSizes> {
  const sizes = await Promise.all(
    [...brokers].map(async (id) => {
      const logs = await readReplicaSizes(kafka, id).catch(() => undefined);
      if (logs === undefined) return [];
      return [[id, new Map(logs.map((log) => [keyOf(log), log.bytes]))] as const];
    }),
  );
  return new Map(sizes.flat());
}
