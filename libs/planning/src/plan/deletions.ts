import { formatBytes, formatDuration } from '@kafka-ha/config';

/** What a change makes Kafka delete: of which topic, and from how much down to how much, as a sentence. */
export type Deletion = { topic: string; why: string };

/** How long a topic keeps its records. Limits are Infinity for none; without `deletes` none is heeded. */
export type Retention = { bytesPerPartition: number; ms: number; deletes: boolean; compacts: boolean };

export type TopicRetention = {
  topic: string;
  /** Of each partition, its largest replica. */
  logBytes: readonly number[];
  before: Retention;
  after: Retention;
};

/**
 * The topics that lose records by another retention, which Kafka applies within seconds. How old records are it does not
 * tell, so a shorter time is taken to reach some of them; a limit in bytes reaches those that hold more.
 */
export function deletions(topics: readonly TopicRetention[]): Deletion[] {
  return topics.flatMap((each) => {
    const why = [...bySize(each), ...byAge(each), ...byKey(each)];
    return why.length === 0 ? [] : [{ topic: each.topic, why: why.join('; ') }];
  });
}

function bySize({ logBytes, before, after }: TopicRetention): string[] {
  const [from, to] = [before, after].map(({ deletes, bytesPerPartition }) =>
    deletes ? bytesPerPartition : Infinity,
  ) as [number, number];
  const over = logBytes.filter((bytes) => bytes > to);
  if (!isLess(to, from) || over.length === 0) return [];
  const gone = over.reduce((sum, bytes) => sum + bytes - to, 0);
  const all = logBytes.reduce((sum, bytes) => sum + bytes, 0);
  const limit = Number.isFinite(from) ? `was ${formatBytes(from)}` : 'was without limit';
  return [
    `about ${formatBytes(gone)} of its ${formatBytes(all)}, the oldest first: a partition keeps ${formatBytes(to)}, ${limit}, and the largest holds ${formatBytes(Math.max(...over))}`,
  ];
}

function byAge({ logBytes, before, after }: TopicRetention): string[] {
  const [from, to] = [before, after].map(({ deletes, ms }) => (deletes ? ms : Infinity)) as [number, number];
  if (!isLess(to, from) || !holdsRecords(logBytes)) return [];
  const until = Number.isFinite(from) ? `deleted after ${formatDuration(from)}` : 'never deleted by age';
  return [`all that is older than ${formatDuration(to)}; until now records were ${until}`];
}

function byKey({ logBytes, before, after }: TopicRetention): string[] {
  if (!after.compacts || before.compacts || !holdsRecords(logBytes)) return [];
  return ['all but the last record of each key, because cleanup.policy becomes compact'];
}

/** Not so for what is no number: Kafka refuses it, and deletes nothing. */
function isLess(to: number, from: number): boolean {
  return to < from;
}

function holdsRecords(logBytes: readonly number[]): boolean {
  return logBytes.some((bytes) => bytes > 0);
}
