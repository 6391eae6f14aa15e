import type { Batch, BrokerLogs } from './dump-log-segments.ts';

export type ReplicaFindings = {
  partitions: number;
  /** Batches that were compared, and those of the longest log, each counted once per partition. */
  batches: number;
  longest: number;
  /** The first difference of each partition whose replicas differ. */
  diverged: Divergence[];
  /** Batches whose own checksum does not match, on any replica. */
  corrupt: { partition: string; broker: string; baseOffset: number }[];
  /** Replicas that end before the furthest end, or before what was read back. One without a log ends at 0. */
  behind: { partition: string; broker: string; endOffset: number; furthest: number }[];
  /** Replicas that begin after the first record that was read back. */
  headless: { partition: string; broker: string; startOffset: number; first: number }[];
  /** Why this is not the whole comparison. */
  incomplete: string[];
};

export type Divergence = { partition: string; offset: number; holds: Record<string, string> };

export type Replicas = {
  /** The logs of each broker that could be read, by the broker's name. */
  brokers: ReadonlyMap<string, BrokerLogs>;
  /** Of each partition by name, such as `events-7`, the brokers that are to hold it. */
  assigned: ReadonlyMap<string, readonly string[]>;
  /** What every replica must hold; left out where retention may have removed some of it, or nobody knows. */
  readBack: ReadonlyMap<string, { from: number; to: number }>;
};

/**
 * Compares the logs of all replicas of each partition, batch by batch, from the newest log start to the lowest end. What
 * lies beyond on some of them, and is missing on another, is told as such: to be done when writing has stopped.
 */
export function compareReplicas(replicas: Replicas): ReplicaFindings {
  const { brokers, assigned, readBack } = replicas;
  const findings: ReplicaFindings = {
    partitions: assigned.size,
    batches: 0,
    longest: 0,
    diverged: [],
    corrupt: [],
    behind: [],
    headless: [],
    incomplete: [],
  };
  for (const [partition, holders] of assigned) {
    const logs = new Map<string, readonly Batch[]>();
    for (const broker of holders) {
      const ofBroker = brokers.get(broker);
      if (ofBroker) logs.set(broker, ofBroker.get(partition) ?? []);
    }
    if (logs.size < holders.length)
      findings.incomplete.push(`${partition}: ${logs.size} of ${holders.length} replicas were read`);
    if (logs.size === 0) continue;
    const wanted = readBack.get(partition);
    findLacking(partition, logs, wanted, findings);
    comparePartition(partition, logs, findings);
  }
  if (assigned.size === 0) findings.incomplete.push('there was no partition to compare');
  return findings;
}

function findLacking(
  partition: string,
  logs: ReadonlyMap<string, readonly Batch[]>,
  wanted: { from: number; to: number } | undefined,
  findings: ReplicaFindings,
): void {
  const furthest = Math.max(wanted?.to ?? 0, ...[...logs.values()].map(endOf));
  for (const [broker, log] of logs) {
    const endOffset = endOf(log);
    if (endOffset < furthest) findings.behind.push({ partition, broker, endOffset, furthest });
    const startOffset = log[0]?.baseOffset;
    if (startOffset !== undefined && wanted !== undefined && startOffset > wanted.from)
      findings.headless.push({ partition, broker, startOffset, first: wanted.from });
  }
}

function comparePartition(
  partition: string,
  logs: ReadonlyMap<string, readonly Batch[]>,
  findings: ReplicaFindings,
) {
  const start = Math.max(...[...logs.values()].map((log) => log[0]?.baseOffset ?? 0));
  const lowest = Math.min(...[...logs.values()].map(endOf));
  for (const [broker, log] of logs)
    for (const { baseOffset } of log.filter(({ valid }) => !valid))
      findings.corrupt.push({ partition, broker, baseOffset });

  const compared = [...logs].map(([broker, log]) => {
    // From the batch that holds the start on, so that a replica with a batch in place of several is found out.
    return {
      broker,
      batches: log.filter(({ baseOffset, lastOffset }) => lastOffset >= start && baseOffset < lowest),
    };
  });
  const most = Math.max(...compared.map(({ batches }) => batches.length));
  const longest = Math.max(...[...logs.values()].map(({ length }) => length));
  findings.batches += most;
  findings.longest += longest;
  if (most === 0 && longest > 0) findings.incomplete.push(`${partition}: no offsets that all replicas hold`);
  for (let index = 0; index < most; index += 1) {
    const holds = Object.fromEntries(
      compared.map(({ broker, batches }) => [broker, describe(batches[index])]),
    );
    if (new Set(Object.values(holds)).size === 1) continue;
    const offsets = compared.map(({ batches }) => batches[index]?.baseOffset ?? Infinity);
    findings.diverged.push({ partition, offset: Math.min(...offsets), holds });
    return;
  }
}

function endOf(log: readonly Batch[]): number {
  return (log.at(-1)?.lastOffset ?? -1) + 1;
}

function describe(batch: Batch | undefined): string {
  if (!batch) return 'nothing';
  const { baseOffset, lastOffset, leaderEpoch, crc } = batch;
  return `offsets ${baseOffset} to ${lastOffset}, leader epoch ${leaderEpoch}, checksum ${crc}`;
}
