import type { GroupOffset, KafkaConnection, LedTopic } from '@kafka-ha/kafka';
import { consumerLags, type ConsumerLag, type LogsOf, type RetentionLimits } from '@kafka-ha/metrics';
import { readDiskLogs, readLogs, readRetention } from './read-logs.ts';

type Asked = {
  topics: readonly LedTopic[];
  /** Brokers that answer. They tell the sizes of the logs that they lead. */
  brokerIds: readonly number[];
  /** Milliseconds since 1970. */
  nowMs: number;
};

/** How far groups are behind by what they have committed, and what that follows from: the logs, and how long each topic is kept. */
export type ReadLags = {
  lags: ConsumerLag[];
  logs: LogsOf;
  retention: ReadonlyMap<string, RetentionLimits>;
};

/** Of one reading alone: seconds go by the oldest record. */
export async function readLags(
  kafka: KafkaConnection,
  committed: readonly GroupOffset[],
  { topics, brokerIds, nowMs }: Asked,
): Promise<ReadLags> {
  const [sizes, retention] = await Promise.all([
    readDiskLogs(kafka, brokerIds, topics),
    readRetention(kafka, brokerIds, topics),
  ]);
  const logs = await readLogs(kafka, topics, { before: new Map(), bytes: sizes.ofLeaders });
  return { lags: consumerLags(committed, { logs, retention, readAtMs: nowMs }, []), logs, retention };
}
