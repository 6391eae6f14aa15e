import {
  firstToTell,
  kafkaReadings,
  readBrokerDisks,
  readDiskLogs,
  reading,
  readKafka,
  readLogs,
  readRetention,
  type QuorumReader,
} from '@kafka-ha/cluster';
import { removedSettings, type Spec } from '@kafka-ha/config';
import { valueOf } from '@kafka-ha/health';
import { readGroupOffsets, type KafkaConnection } from '@kafka-ha/kafka';
import { ordinals } from '@kafka-ha/manifests';
import {
  rememberWritten,
  type ClusterReading,
  type LogsOf,
  type RetentionLimits,
  type WrittenLately,
} from '@kafka-ha/metrics';

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
): () => Promise<ClusterReading> {
  const ids = ordinals(spec.brokers);
  let before: LogsOf = new Map();
  let written: WrittenLately = new Map();
  let nth = 0;
  return async () => {
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
    const [sizes, retention, groups] = await Promise.all([
      readDiskLogs(kafka, brokers, topics),
      firstToTell(answering, (of) => readRetention(kafka, topics, { of })).catch(
        () => new Map<string, RetentionLimits>(),
      ),
      reading(() => readGroupOffsets(kafka, brokers)),
    ]);
    // After the groups: else one that has read on meanwhile would have read more than there is.
    nth += 1;
    const known: LogsOf = nth % forgetAfter === 0 ? new Map() : before;
    const logs = await readLogs(kafka, topics, { before: known, bytes: sizes.ofLeaders });
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
      groups,
    };
  };
}
