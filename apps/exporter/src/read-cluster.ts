import { readBrokerDisks, reading, readKafka, type QuorumReader } from '@kafka-ha/cluster';
import { removedSettings, type Spec } from '@kafka-ha/config';
import { valueOf, type Reading, type TopicState } from '@kafka-ha/health';
import {
  readGroupOffsets,
  readOffsets,
  readReplicaSizes,
  readTopicConfigs,
  type KafkaConnection,
} from '@kafka-ha/kafka';
import { ordinals } from '@kafka-ha/manifests';
import type {
  BrokerLogBytes,
  ClusterReading,
  LogsOf,
  PartitionLog,
  RetentionLimits,
} from '@kafka-ha/metrics';

export type ReaderOptions = {
  kafka: KafkaConnection;
  quorum: Pick<QuorumReader, 'readServers' | 'readMetadata'>;
  /** Milliseconds since 1970. */
  now: () => number;
  signal: AbortSignal;
};

/**
 * Reads a cluster, all sources at a time; what does not answer is said to be unreadable. It remembers how old the oldest record of
 * each partition is for as long as that is the same one: to tell that, a broker unpacks a batch.
 */
export function clusterReader(
  spec: Spec,
  { kafka, quorum, now, signal }: ReaderOptions,
): () => Promise<ClusterReading> {
  const ids = ordinals(spec.brokers);
  let oldest: LogsOf = new Map();
  return async () => {
    const beganAtMs = now();
    const [readings, servers, metadata, disks] = await Promise.all([
      reading(() => readKafka(kafka, ids, signal, removedSettings(spec.versions.kafka), 'one')),
      reading(quorum.readServers),
      quorum.readMetadata && reading(quorum.readMetadata),
      readBrokerDisks(kafka, ids),
    ]);
    const ofKafka = readings.kind === 'read' ? readings.value : silentKafka(readings);
    const topics = valueOf(ofKafka.topics) ?? [];
    const brokers = valueOf(ofKafka.brokers)?.map(({ id }) => id) ?? [];
    const [sizes, retention, groups] = await Promise.all([
      readSizes(kafka, brokers, topics),
      readRetention(kafka, topics).catch(() => new Map<string, RetentionLimits>()),
      reading(() => readGroupOffsets(kafka, brokers)),
    ]);
    // After the groups: else one that has read on meanwhile would have read more than there is.
    const logs = await readLogs(kafka, topics, { before: oldest, bytes: sizes.ofLeaders });
    oldest = logs;
    signal.throwIfAborted();
    return {
      beganAtMs,
      readAtMs: now(),
      state: { ...ofKafka, quorum: servers, ...(metadata && { metadata }), disks },
      logs,
      logBytes: sizes.byBroker,
      retention,
      groups,
    };
  };
}

type KafkaReadings = Awaited<ReturnType<typeof readKafka>>;

function silentKafka(silence: Extract<Reading<never>, { kind: 'unreadable' }>): KafkaReadings {
  const none = { controllerId: silence, reassignments: silence, brokerSettings: silence, cutOff: [] };
  return { ...none, brokers: silence, topics: silence };
}

type Sizes = { byBroker: BrokerLogBytes[]; ofLeaders: ReadonlyMap<string, ReadonlyMap<number, number>> };

/** One broker after the other: with thousands of partitions the answers of all at once would be many MiB. */
async function readSizes(
  kafka: KafkaConnection,
  brokerIds: readonly number[],
  topics: readonly TopicState[],
): Promise<Sizes> {
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

async function readRetention(
  kafka: KafkaConnection,
  topics: readonly TopicState[],
): Promise<Map<string, RetentionLimits>> {
  const names = topics.map(({ name }) => name);
  const configs = await readTopicConfigs(kafka, names, { keys: retentionKeys });
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

type KnownLogs = { before: LogsOf; bytes: Sizes['ofLeaders'] };

async function readLogs(
  kafka: KafkaConnection,
  topics: readonly TopicState[],
  { before, bytes }: KnownLogs,
): Promise<LogsOf> {
  const starts = await readOffsets(kafka, topics, 'start');
  const ends = await readOffsets(kafka, topics, 'end');
  const known = (topic: string, partition: number, start: number) => {
    const log = before.get(topic)?.get(partition);
    return log?.start === start && log.oldestAtMs !== null ? log.oldestAtMs : undefined;
  };
  const unknown = topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.filter(({ partition }) => {
      const start = starts.get(name)?.get(partition)?.offset;
      const end = ends.get(name)?.get(partition)?.offset;
      return (
        start !== undefined && end !== undefined && start < end && known(name, partition, start) === undefined
      );
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
        const oldestAtMs = known(topic, partition, start) ?? (told < 0 ? null : told);
        logs.set(partition, { start, end, oldestAtMs, bytes: bytes.get(topic)?.get(partition) ?? null });
      }
      return [topic, logs];
    }),
  );
}
