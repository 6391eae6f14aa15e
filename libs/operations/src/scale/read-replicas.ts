import {
  listReassignments,
  readCluster,
  readReplicaSizes,
  readTopics,
  type KafkaConnection,
  type PartitionState,
  type Reassignment,
} from '@kafka-ha/kafka';

/** Where every replica is, and where it is going. */
export type Replicas = {
  /** Broker id to rack; null where it has none. */
  brokers: ReadonlyMap<number, string | null>;
  partitions: readonly ReplicaSet[];
  ongoing: readonly Reassignment[];
};

export type ReplicaSet = {
  topic: string;
  partition: number;
  /** As they are once what is under way is done, the preferred leader first. */
  replicas: readonly number[];
  leader: number | null;
  /** What it has now and is in sync; those that are being added do not count. */
  missing: readonly number[];
};

/** Every topic's, internal ones and those that no file knows included. */
export async function readReplicas(kafka: KafkaConnection): Promise<Replicas> {
  const [{ brokers }, topics, ongoing] = await Promise.all([
    readCluster(kafka),
    readTopics(kafka),
    listReassignments(kafka),
  ]);
  return {
    brokers: new Map(brokers.map(({ id, rack }) => [id, rack ?? null])),
    ongoing,
    partitions: topics.flatMap(({ name, partitions }) =>
      partitions.map((partition) => {
        const moving = ongoing.find((each) => each.topic === name && each.partition === partition.partition);
        return replicaSet(name, partition, moving);
      }),
    ),
  };
}

/** While a partition moves, Kafka lists what it moves to first, in order, then what it will drop. */
function replicaSet(topic: string, partition: PartitionState, moving: Reassignment | undefined): ReplicaSet {
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

/** The size of each log on each broker's disk; brokers that do not answer are left out. */
export type LogSizes = ReadonlyMap<number, ReadonlyMap<string, number>>;

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

/** E.g. `events-7`, as Kafka calls the folder of its log. */
export function keyOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}-${partition}`;
}

/** The largest of its logs: one that is being copied is smaller. */
export function bytesOf(sizes: LogSizes, partition: { topic: string; partition: number }): number {
  return Math.max(0, ...[...sizes.values()].map((logs) => logs.get(keyOf(partition)) ?? 0));
}
