import type { Batch, BrokerLogs } from './dump-log-segments.ts';

export type ReplicaFindings = {
  partitions: number;
  /** Batches that were compared, each counted once per partition. */
  batches: number;
  /** The first difference of each partition whose replicas differ. */
  diverged: Divergence[];
  /** Batches whose own checksum does not match, on any replica. */
  corrupt: { partition: string; broker: string; baseOffset: number }[];
  /** Replicas whose end lies before the furthest end: 0 after writing has stopped and every replica is in sync. */
  behind: { partition: string; broker: string; endOffset: number; furthest: number }[];
  /** Why this is not the whole comparison. */
  incomplete: string[];
};

export type Divergence = { partition: string; offset: number; holds: Record<string, string> };

/**
 * Compares the logs of all replicas of each partition, batch by batch, from the newest log start to the lowest end:
 * what one replica's retention has removed, or has not fetched yet, is not compared.
 *
 * @param brokers the logs of each broker, by the broker's name
 * @param replicas how many replicas each partition has; fewer logs than that make the comparison incomplete
 */
export function compareReplicas(brokers: ReadonlyMap<string, BrokerLogs>, replicas: number): ReplicaFindings {
  const findings: ReplicaFindings = {
    partitions: 0,
    batches: 0,
    diverged: [],
    corrupt: [],
    behind: [],
    incomplete: [],
  };
  const partitions = new Set([...brokers.values()].flatMap((logs) => [...logs.keys()]));
  for (const partition of [...partitions].sort()) {
    const logs = new Map<string, readonly Batch[]>();
    for (const [broker, ofBroker] of brokers) {
      const log = ofBroker.get(partition);
      if (log) logs.set(broker, log);
    }
    findings.partitions += 1;
    if (logs.size < replicas)
      findings.incomplete.push(`${partition}: ${logs.size} of ${replicas} replicas were read`);
    comparePartition(partition, logs, findings);
  }
  if (findings.partitions === 0) findings.incomplete.push('no log was read');
  return findings;
}

function comparePartition(
  partition: string,
  logs: ReadonlyMap<string, readonly Batch[]>,
  findings: ReplicaFindings,
) {
  const start = Math.max(...[...logs.values()].map((log) => log[0]?.baseOffset ?? 0));
  const ends = new Map([...logs].map(([broker, log]) => [broker, (log.at(-1)?.lastOffset ?? -1) + 1]));
  const lowest = Math.min(...ends.values());
  const furthest = Math.max(...ends.values());
  for (const [broker, endOffset] of ends)
    if (endOffset < furthest) findings.behind.push({ partition, broker, endOffset, furthest });
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
  findings.batches += most;
  if (most === 0 && furthest > 0) findings.incomplete.push(`${partition}: no offsets that all replicas hold`);
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

function describe(batch: Batch | undefined): string {
  if (!batch) return 'nothing';
  const { baseOffset, lastOffset, leaderEpoch, crc } = batch;
  return `offsets ${baseOffset} to ${lastOffset}, leader epoch ${leaderEpoch}, checksum ${crc}`;
}
