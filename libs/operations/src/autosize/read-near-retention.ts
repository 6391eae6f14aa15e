import { groupBy } from '@kafka-ha/base';
import { readLags } from '@kafka-ha/cluster';
import type { NearRetention, Spec } from '@kafka-ha/config';
import { isNearRetention } from '@kafka-ha/health';
import { type GroupOffset, type KafkaConnection, readTopics } from '@kafka-ha/kafka';
import type { PartitionLog, RetentionLimits } from '@kafka-ha/metrics';

type Committed = {
  ids: readonly number[];
  /** What the groups had committed at the beginning, and what at the end. */
  before: readonly GroupOffset[];
  after: readonly GroupOffset[];
  /** Milliseconds since 1970. */
  nowMs: number;
};

/**
 * Groups that have yet to read as much of what is kept as the finding `consumer-near-retention` warns of. Of each topic the worst
 * partition that a group reads, and the worst on which it stands still.
 */
export async function readNearRetention(
  kafka: KafkaConnection,
  spec: Spec,
  { ids, before, after, nowMs }: Committed,
): Promise<NearRetention[]> {
  const named = new Set(after.map(({ topic }) => topic));
  const topics = (await readTopics(kafka)).filter(({ name }) => named.has(name));
  const { lags, logs, retention } = await readLags(kafka, after, { topics, brokerIds: ids, nowMs });
  const began = new Map(before.map((committed) => [keyOf(committed), committed.offset]));
  const readOn = new Set(
    after.filter((committed) => committed.offset > (began.get(keyOf(committed)) ?? Infinity)).map(keyOf),
  );
  const near = lags.filter(isNearRetention).map((lag) => ({ ...lag, reads: readOn.has(keyOf(lag)) }));
  const worst = [...groupBy(near, ({ group, topic, reads }) => `${group}\0${topic}\0${reads}`).values()].map(
    (partitions) => partitions.reduce((a, b) => (b.retentionUsed > a.retentionUsed ? b : a)),
  );
  return worst.map(({ group, topic, partition, retentionUsed, lagSeconds, reads }) => ({
    group,
    topic,
    usedShare: retentionUsed,
    lagSeconds,
    reads,
    keptBy: keptBy(spec, { log: logs.get(topic)?.get(partition), limits: retention.get(topic), nowMs }),
  }));
}

function keyOf({ group, topic, partition }: Omit<GroupOffset, 'offset'>): string {
  return `${group}\0${topic}\0${partition}`;
}

/** Records that come close to so much of the time that they may be kept for are kept by that. */
const closeToTime = 0.9;

type Kept = { log: PartitionLog | undefined; limits: RetentionLimits | undefined; nowMs: number };

function keptBy({ sizing }: Spec, { log, limits, nowMs }: Kept): NearRetention['keptBy'] {
  const { bytes, ms } = limits ?? { bytes: null, ms: null };
  const ageMs = log?.oldestAtMs == null ? 0 : nowMs - log.oldestAtMs;
  if (bytes === null || (ms !== null && ageMs >= closeToTime * ms)) return 'time';
  return bytes < sizing.retentionBytesPerPartition ? 'topic' : 'file';
}
