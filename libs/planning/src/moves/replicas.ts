import type { OngoingReassignment } from '@kafka-ha/health';

/** Where every replica is, and where it is going. */
export type Replicas = {
  /** Broker id to rack; null where it has none. */
  brokers: ReadonlyMap<number, string | null>;
  partitions: readonly ReplicaSet[];
  /** `replicas` are the old and the new ones together. */
  ongoing: readonly (OngoingReassignment & { replicas: readonly number[] })[];
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

/** The size of each log on each broker's disk; brokers that do not answer are left out. */
export type LogSizes = ReadonlyMap<number, ReadonlyMap<string, number>>;

/** E.g. `events-7`, as Kafka calls the folder of its log. */
export function keyOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}-${partition}`;
}

/** The largest of its logs: one that is being copied is smaller. */
export function bytesOf(sizes: LogSizes, partition: { topic: string; partition: number }): number {
  const key = keyOf(partition);
  let most = 0;
  for (const logs of sizes.values()) most = Math.max(most, logs.get(key) ?? 0);
  return most;
}
