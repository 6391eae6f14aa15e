import type { Spec } from '@kafka-ha/config';
import { aState } from '@kafka-ha/health/testing';
import type { State } from '@kafka-ha/health';
import type { ClusterReading, CommittedOffset, PartitionLog } from './cluster-reading.ts';

/** When fake readings are made. */
export const nowMs = Date.UTC(2026, 0, 1);

/** Of a healthy cluster in which nobody consumes and nothing was written. */
export function aReading(
  spec: Spec,
  { state = aState({}, spec), ...overrides }: Partial<Omit<ClusterReading, 'state'>> & { state?: State } = {},
): ClusterReading {
  return {
    beganAtMs: nowMs - 250,
    readAtMs: nowMs,
    state,
    logs: new Map(),
    written: new Map(),
    logBytes: [],
    retention: new Map(),
    groups: { kind: 'read', value: [] },
    omittedOffsets: 0,
    ...overrides,
  };
}

export function aLog(overrides: Partial<PartitionLog> = {}): PartitionLog {
  return { start: 0, end: 100, oldestAtMs: nowMs - 100_000, bytes: 10_000, ...overrides };
}

/** The log of partition 0 of `events`. */
export function logsOf(...logs: readonly PartitionLog[]): ClusterReading['logs'] {
  return new Map([['events', new Map(logs.map((log, partition) => [partition, log]))]]);
}

export function committed(offset: number, overrides: Partial<CommittedOffset> = {}): CommittedOffset {
  return { group: 'billing', topic: 'events', partition: 0, offset, ...overrides };
}
