import {
  kafkaReadings,
  readBrokerDisks,
  readDiskLogs,
  reading,
  readKafka,
  readLogs,
  readRetention,
  type QuorumReader,
} from '@kafka-ha/cluster';
import { LEAST_EXPORTER_MEMORY, removedSettings, type Spec } from '@kafka-ha/config';
import { valueOf } from '@kafka-ha/health';
import type { KafkaConnection } from '@kafka-ha/kafka';
import { exporterMemory, ordinals } from '@kafka-ha/manifests';
import {
  rememberWritten,
  type ClusterReading,
  type EndHistory,
  type LogsOf,
  type RetentionLimits,
  type WrittenLately,
} from '@kafka-ha/metrics';
import { readGroups } from './read-groups.ts';

export type ReaderOptions = {
  kafka: KafkaConnection;
  quorum: Pick<QuorumReader, 'readServers' | 'readMetadata'>;
  /** In the middle of a migration. */
  otherQuorum?: Pick<QuorumReader, 'readServers'>;
  /** Milliseconds since 1970. */
  now: () => number;
  signal: AbortSignal;
};

/** In readings: how long the age of an oldest record is taken as known. One of a compacted log goes while the log starts where it did. */
const forgetAfter = 40;

/**
 * Reads a cluster, all sources at a time; what does not answer is said to be unreadable. It remembers how old the oldest record of
 * each partition is for as long as that is the same one: to tell that, a broker unpacks a batch.
 */
export function clusterReader(
  spec: Spec,
  { kafka, quorum, otherQuorum, now, signal }: ReaderOptions,
): (history: EndHistory) => Promise<ClusterReading> {
  const ids = ordinals(spec.brokers);
  const mostOffsets = offsetsFor(spec);
  let before: LogsOf = new Map();
  let written: WrittenLately = new Map();
  let nth = 0;
  return async (history) => {
    const beganAtMs = now();
    const [readings, servers, otherServers, metadata, disks] = await Promise.all([
      reading(() => readKafka(kafka, ids, signal, removedSettings(spec.versions.kafka), 'one')),
      reading(quorum.readServers),
      otherQuorum && reading(otherQuorum.readServers),
      quorum.readMetadata && reading(quorum.readMetadata),
      readBrokerDisks(kafka, ids),
    ]);
    const ofKafka = kafkaReadings(readings);
    const topics = valueOf(ofKafka.topics) ?? [];
    const brokers = valueOf(ofKafka.brokers)?.map(({ id }) => id) ?? [];
    const answering = disks.flatMap(({ brokerId, usage }) => (usage.kind === 'read' ? [brokerId] : []));
    const [sizes, retention] = await Promise.all([
      readDiskLogs(kafka, brokers, topics),
      readRetention(kafka, answering, topics).catch(() => new Map<string, RetentionLimits>()),
    ]);
    nth += 1;
    let known: LogsOf = nth % forgetAfter === 0 ? new Map() : before;
    const nowRead = async () =>
      (known = await readLogs(kafka, topics, { before: known, bytes: sizes.ofLeaders }));
    const lagsKnown = async () => ({
      reading: { logs: await nowRead(), retention, readAtMs: now() },
      history,
    });
    const groups = await reading(() => readGroups(kafka, { brokers, topics, most: mostOffsets, lagsKnown }));
    // After the groups: else one that has read on meanwhile would have read more than there is.
    const logs = await nowRead();
    written = rememberWritten(written, before, logs);
    before = logs;
    signal.throwIfAborted();
    return {
      beganAtMs,
      readAtMs: now(),
      state: {
        ...ofKafka,
        quorum: servers,
        ...(otherServers && { otherQuorum: otherServers }),
        ...(metadata && { metadata }),
        disks,
      },
      logs,
      written,
      logBytes: sizes.byBroker,
      retention,
      groups: groups.kind === 'read' ? { kind: 'read', value: groups.value.offsets } : groups,
      omittedOffsets: valueOf(groups)?.omitted ?? 0,
    };
  };
}

/**
 * Offsets of consumer groups, three series each, that its pod has room for. Measured: 10,000 in 64 MiB, and in 144 MiB 20,000 beside
 * 10,000 partitions.
 */
function offsetsFor(spec: Spec): number {
  return 10_000 + 125 * (exporterMemory(spec).memoryMib - LEAST_EXPORTER_MEMORY / 1024 ** 2);
}
