import {
  canonicalSettings,
  INTERNAL_TOPIC_PARTITIONS,
  INTERNAL_TOPIC_SEGMENT_BYTES,
  LOG_RETENTION_CHECK_INTERVAL_MS,
  LOG_SEGMENT_DELETE_DELAY_MS,
  type Spec,
} from '@kafka-ha/config';
import { kafkaLogPath } from '../paths.ts';

/**
 * The brokers' settings that are the same whoever keeps the metadata. The file's own `kafkaConfig` outranks this project's: the
 * spec has none of the keys that the promise or the wiring rests on.
 */
export function settingsOfAnyBroker(spec: Spec): Record<string, string> {
  return {
    ...safety(spec),
    ...detection,
    ...logs(spec),
    ...resources(spec),
    ...connections,
    ...canonicalSettings(spec.kafkaConfig),
  };
}

function safety({ replication }: Spec): Record<string, string> {
  const factor = String(replication.factor);
  const minInSync = String(replication.minInSync);
  return {
    'default.replication.factor': factor,
    'offsets.topic.replication.factor': factor,
    'transaction.state.log.replication.factor': factor,
    'min.insync.replicas': minInSync,
    'transaction.state.log.min.isr': minInSync,
    'unclean.leader.election.enable': 'false',
    // A topic that comes of a typing error has no place in the promise.
    'auto.create.topics.enable': 'false',
    'delete.topic.enable': 'true',
  };
}

/** How soon a death is noticed, and how a broker leaves without one. */
const detection = {
  // Longer than the session, so that the controller sees a death before the leaders shrink their ISR (KIP-537).
  'replica.lag.time.max.ms': '10000',
  // A follower fetches from a new leader once its request for other partitions is answered, and again some time after a
  // refusal. Writes with acks=all wait for both, by Kafka's defaults for up to 500 and 1000 ms.
  'replica.fetch.wait.max.ms': '200',
  'replica.fetch.backoff.ms': '50',
  'replica.socket.timeout.ms': '10000',
  'controller.socket.timeout.ms': '10000',
  // After the controller's node has fallen silent a broker asks for the next one at random, also there. It has a session's
  // length for it: at 2 s for each try living brokers were fenced. The kernel sends its first SYN again after a second.
  'socket.connection.setup.timeout.ms': '500',
  'socket.connection.setup.timeout.max.ms': '500',
  'controlled.shutdown.enable': 'true',
  // After a crash nobody may be there to lead the partitions back.
  'auto.leader.rebalance.enable': 'true',
  'group.initial.rebalance.delay.ms': '3000',
};

/** Retention is by size, from the volume; what lies beyond it is gone after seconds, not Kafka's six minutes. */
function logs({ sizing }: Spec): Record<string, string> {
  return {
    'log.dirs': kafkaLogPath,
    'log.retention.bytes': String(sizing.retentionBytesPerPartition),
    'log.segment.bytes': String(sizing.segmentBytes),
    'log.retention.check.interval.ms': String(LOG_RETENTION_CHECK_INTERVAL_MS),
    'log.segment.delete.delay.ms': String(LOG_SEGMENT_DELETE_DELAY_MS),
    'offsets.topic.num.partitions': String(INTERNAL_TOPIC_PARTITIONS.offsets),
    'offsets.topic.segment.bytes': String(INTERNAL_TOPIC_SEGMENT_BYTES),
    'transaction.state.log.num.partitions': String(INTERNAL_TOPIC_PARTITIONS.transactions),
    'transaction.state.log.segment.bytes': String(INTERNAL_TOPIC_SEGMENT_BYTES),
  };
}

function resources({ sizing }: Spec): Record<string, string> {
  const { threads } = sizing;
  return {
    // Requests in memory are bounded in bytes: 500 of them, Kafka's bound, do not fit into a small container.
    'queued.max.request.bytes': String(48 * mebibyte),
    'socket.request.max.bytes': String(16 * mebibyte),
    'replica.fetch.response.max.bytes': String(4 * mebibyte),
    // A throttle holds over this many seconds less one. With Kafka's 11, ten seconds' worth of a move passes at once, and
    // the live load waits behind it.
    'replication.quota.window.num': '2',
    // Taken from the heap at the start; 128 MiB by default.
    'log.cleaner.dedupe.buffer.size': String(8 * mebibyte),
    'num.network.threads': String(threads.network),
    'num.io.threads': String(threads.io),
    'num.replica.fetchers': String(threads.replicaFetchers),
    'num.recovery.threads.per.data.dir': String(threads.recoveryPerDataDir),
  };
}

/**
 * Buffers that the kernel sizes by each connection's use. Kafka's 64 and 100 KiB take a quarter more CPU for each byte
 * replicated, and so does any size in bytes where it ends at net.core.wmem_max, 208 KiB on most nodes.
 */
const connections = {
  'socket.send.buffer.bytes': '-1',
  'socket.receive.buffer.bytes': '-1',
  'replica.socket.receive.buffer.bytes': '-1',
};

const mebibyte = 1024 * 1024;
