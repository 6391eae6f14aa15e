import { MIB } from './units/bytes.ts';

/** log.retention.check.interval.ms: Kafka's own 5 minutes would let 30 GB pile up at 100 MB/s. */
export const LOG_RETENTION_CHECK_INTERVAL_MS = 10_000;

/** log.segment.delete.delay.ms: how long a deleted segment still takes space, so that readers in it can finish. */
export const LOG_SEGMENT_DELETE_DELAY_MS = 10_000;

/** Partitions of `__consumer_offsets` and of `__transaction_state`; Kafka's own 50 of each only cost memory here. */
export const INTERNAL_TOPIC_PARTITIONS = { offsets: 10, transactions: 10 };

/** offsets.topic.segment.bytes and transaction.state.log.segment.bytes: compaction needs closed segments. */
export const INTERNAL_TOPIC_SEGMENT_BYTES = 8 * MIB;
