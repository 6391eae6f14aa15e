import {
  readOffsets,
  readReplicaSizes,
  readTopicConfigs,
  type KafkaConnection,
  type LedTopic,
} from '@kafka-ha/kafka';
import type { BrokerLogBytes, LogsOf, PartitionLog, RetentionLimits } from '@kafka-ha/metrics';
import { firstToTell } from './first-to-tell.ts';

/** What is on the brokers' disks: bytes by broker and topic, and of each partition those of its leader. */
export type DiskLogs = {
  byBroker: BrokerLogBytes[];
  ofLeaders: ReadonlyMap<string, ReadonlyMap<number, number>>;
};

/** One broker after the other: with thousands of partitions the answers of all at once would be many MiB. */
export async function readDiskLogs(
  kafka: KafkaConnection,
  brokerIds: readonly number[],
  topics: readonly LedTopic[],
): Promise<DiskLogs> {
  const leaders = new Map(
    topics.map(({ name, partitions }) => [name, partitions.map(({ leader }) => leader)]),
  );
  const byBroker: BrokerLogBytes[] = [];
  const ofLeaders = new Map<string, Map<number, number>>();
  for (const brokerId of brokerIds) {
    const sums = new Map<string, number>();
    for (const { topic, partition, bytes } of await readReplicaSizes(kafka, brokerId).catch(() => [])) {
      sums.set(topic, (sums.get(topic) ?? 0) + bytes);
      if (leaders.get(topic)?.[partition] !== brokerId) continue;
      const ofTopic = ofLeaders.get(topic) ?? new Map<number, number>();
      ofLeaders.set(topic, ofTopic.set(partition, bytes));
    }
    for (const [topic, bytes] of sums) byBroker.push({ brokerId, topic, bytes });
  }
  return { byBroker, ofLeaders };
}

const retentionKeys = ['cleanup.policy', 'retention.bytes', 'retention.ms'];

/**
 * When Kafka deletes the oldest records of each topic, by the first of some brokers that tells: without a controller, too.
 *
 * @throws As `firstToTell`.
 */
export async function readRetention(
  kafka: KafkaConnection,
  brokerIds: readonly number[],
  topics: readonly LedTopic[],
): Promise<Map<string, RetentionLimits>> {
  const names = topics.map(({ name }) => name);
  const configs = await firstToTell(brokerIds, (of) =>
    readTopicConfigs(kafka, names, { keys: retentionKeys, of }),
  );
  return new Map(
    [...configs].map(([name, config]) => {
      const deletes = config['cleanup.policy']?.value?.includes('delete') ?? false;
      const limit = (key: string) => {
        const value = Number(config[key]?.value ?? -1);
        return deletes && value >= 0 ? value : null;
      };
      return [name, { bytes: limit('retention.bytes'), ms: limit('retention.ms') }];
    }),
  );
}

type KnownLogs = { before: LogsOf; bytes: DiskLogs['ofLeaders'] };

/** Where each partition's log starts and ends. A leader is asked for the age of its oldest record alone where `before` does not have it. */
export async function readLogs(
  kafka: KafkaConnection,
  topics: readonly LedTopic[],
  { before, bytes }: KnownLogs,
): Promise<LogsOf> {
  const starts = await readOffsets(kafka, topics, 'start');
  const ends = await readOffsets(kafka, topics, 'end');
  const known = (topic: string, partition: number, { start, end }: { start: number; end: number }) => {
    const log = before.get(topic)?.get(partition);
    // One that ends before is a topic of this name that was made anew.
    const isSame = log?.start === start && log.end <= end;
    return isSame && log.oldestAtMs !== null ? log.oldestAtMs : undefined;
  };
  const unknown = topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.filter(({ partition }) => {
      const start = starts.get(name)?.get(partition)?.offset;
      const end = ends.get(name)?.get(partition)?.offset;
      if (start === undefined || end === undefined || start >= end) return false;
      return known(name, partition, { start, end }) === undefined;
    }),
  }));
  const oldest = await readOffsets(kafka, unknown, 'oldest-record');
  return new Map(
    [...ends].map(([topic, partitions]) => {
      const logs = new Map<number, PartitionLog>();
      for (const [partition, { offset: end }] of partitions) {
        const start = starts.get(topic)?.get(partition)?.offset;
        if (start === undefined) continue;
        const told = oldest.get(topic)?.get(partition)?.timestamp ?? -1;
        const oldestAtMs = known(topic, partition, { start, end }) ?? (told < 0 ? null : told);
        logs.set(partition, { start, end, oldestAtMs, bytes: bytes.get(topic)?.get(partition) ?? null });
      }
      return [topic, logs];
    }),
  );
}
