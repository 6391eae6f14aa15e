import { describe, expect, test } from '@jest/globals';
import { collectAnomalies, type AnomalyKind } from './anomalies.ts';
import type { ReplicaFindings } from './compare-replicas.ts';
import { verdict, type Evidence } from './verdict.ts';

describe('verdict', () => {
  test('a drill passes when every figure keeps its limit', () => {
    const { result, checks, reasons } = verdict(evidence({}));
    expect(result).toBe('pass');
    expect(reasons).toEqual([]);
    expect(checks).toContainEqual({
      objective: 'lost',
      figure: 0,
      limit: 0,
      unit: 'records',
      result: 'pass',
    });
    expect(checks).toContainEqual({
      objective: 'interruption',
      figure: 5000,
      limit: 60_000,
      unit: 'ms',
      result: 'pass',
    });
  });

  test('a planned stop has the tighter limit', () => {
    const { result, checks } = verdict(evidence({ planned: true, silenceMs: 5000 }));
    expect(result).toBe('fail');
    expect(checks).toContainEqual({
      objective: 'interruption',
      figure: 5000,
      limit: 2000,
      unit: 'ms',
      result: 'fail',
    });
  });

  test('an interruption over the limit fails, one at the limit passes', () => {
    expect(verdict(evidence({ silenceMs: 60_001 })).result).toBe('fail');
    expect(verdict(evidence({ silenceMs: 60_000 })).result).toBe('pass');
  });

  test.each<AnomalyKind>(['lost', 'reordered', 'phantom', 'corrupted', 'watermark-back'])(
    'one %s record fails',
    (kind) => {
      expect(verdict(evidence({ anomaly: kind })).result).toBe('fail');
    },
  );

  test('a duplicate fails an idempotent writer, and is only counted for another', () => {
    expect(verdict(evidence({ anomaly: 'duplicated', idempotent: true })).result).toBe('fail');
    const { result, checks } = verdict(evidence({ anomaly: 'duplicated', idempotent: false }));
    expect(result).toBe('pass');
    expect(checks).toContainEqual({
      objective: 'duplicated',
      figure: 1,
      limit: null,
      unit: 'records',
      result: 'pass',
    });
  });

  test('an incomplete history is never a success, and says why', () => {
    const { result, checks, reasons } = verdict(evidence({ missing: 'the reader did not finish' }));
    expect(result).toBe('no-verdict');
    expect(reasons).toEqual(['the reader did not finish']);
    expect(checks.find(({ objective }) => objective === 'lost')?.result).toBe('unknown');
    // The writing was seen whole, so its figures stand.
    expect(checks.find(({ objective }) => objective === 'interruption')?.result).toBe('pass');
  });

  test('what is certainly wrong fails an incomplete history too', () => {
    expect(verdict(evidence({ missing: 'the reader gave up', anomaly: 'corrupted' })).result).toBe('fail');
    expect(verdict(evidence({ missing: 'the reader gave up', silenceMs: 70_000 })).result).toBe('fail');
  });

  test('a silence that the workload’s own standing still explains is no verdict on Kafka', () => {
    const { result, reasons } = verdict(evidence({ silenceMs: 61_000, stalledMs: 2000 }));
    expect(result).toBe('no-verdict');
    expect(reasons).toEqual(['the workload itself was suspended for up to 2000 ms']);
    expect(verdict(evidence({ silenceMs: 63_000, stalledMs: 2000 })).result).toBe('fail');
  });

  test('how long consumers waited is told, and promised by nobody', () => {
    const { result, checks } = verdict(evidence({ waitedMs: 60_001 }));
    expect(result).toBe('pass');
    expect(checks).toContainEqual({
      objective: 'delivery',
      figure: 60_001,
      limit: null,
      unit: 'ms',
      result: 'pass',
    });
  });

  test.each<AnomalyKind>(['undelivered', 'commit-back'])('consumers: one %s fails', (kind) => {
    expect(verdict(evidence({ anomaly: kind })).result).toBe('fail');
  });

  test('what consumers were given twice, and how long none could commit, is counted and no more', () => {
    const { result, checks } = verdict(evidence({ redelivered: 7 }));
    expect(result).toBe('pass');
    expect(checks).toContainEqual({
      objective: 'redelivered',
      figure: 7,
      limit: null,
      unit: 'records',
      result: 'pass',
    });
    expect(checks).toContainEqual({
      objective: 'commit',
      figure: 90_000,
      limit: null,
      unit: 'ms',
      result: 'pass',
    });
  });

  test('consumers that did not finish leave it open; of none nothing is said', () => {
    const { result, checks, reasons } = verdict(evidence({ unconsumed: 'the consumers did not finish' }));
    expect(result).toBe('no-verdict');
    expect(reasons).toEqual(['the consumers did not finish']);
    expect(checks.find(({ objective }) => objective === 'undelivered')?.result).toBe('unknown');
    expect(checks.find(({ objective }) => objective === 'lost')?.result).toBe('pass');
    const ofNone = verdict(evidence({ waitedMs: null })).checks.map(({ objective }) => objective);
    expect(ofNone).not.toContain('delivery');
    expect(ofNone).not.toContain('undelivered');
  });

  const replicas: ReplicaFindings = {
    partitions: 1,
    batches: 9,
    longest: 9,
    diverged: [],
    corrupt: [],
    behind: [],
    headless: [],
    incomplete: [],
  };
  const behind = [{ partition: 'drill-0', broker: 'events-kafka-1', endOffset: 10, furthest: 1000 }];
  const headless = [{ partition: 'drill-0', broker: 'events-kafka-1', startOffset: 900, first: 0 }];

  test.each([{ behind }, { headless }, { behind, headless }])(
    'a replica that lacks records fails, also where all that it holds agrees',
    (lacks) => {
      const { result, checks } = verdict({ ...evidence({}), replicas: { ...replicas, ...lacks } });
      expect(result).toBe('fail');
      expect(checks).toContainEqual({
        objective: 'lacking',
        figure: 1,
        limit: 0,
        unit: 'partitions',
        result: 'fail',
      });
    },
  );

  test('a replica that lacks records says nothing where the load may still have written', () => {
    const seen = evidence({});
    const findings = { ...seen.findings, incomplete: { writing: ['no end'], reading: [], consuming: [] } };
    const { result, checks } = verdict({ ...seen, findings, replicas: { ...replicas, behind } });
    expect(result).toBe('no-verdict');
    expect(checks.find(({ objective }) => objective === 'lacking')?.result).toBe('unknown');
  });

  test('replicas that differ fail; replicas that were not all read leave it open', () => {
    const diverged = [{ partition: 'drill-0', offset: 3, holds: {} }];
    expect(verdict({ ...evidence({}), replicas }).result).toBe('pass');
    expect(verdict({ ...evidence({}), replicas: { ...replicas, diverged } }).result).toBe('fail');
    expect(
      verdict({ ...evidence({}), replicas: { ...replicas, incomplete: ['one was not read'] } }).result,
    ).toBe('no-verdict');
  });

  type Case = {
    planned?: boolean;
    idempotent?: boolean;
    silenceMs?: number;
    stalledMs?: number;
    anomaly?: AnomalyKind;
    missing?: string;
    unconsumed?: string;
    /** How long a record waited for consumers; null: there were none. */
    waitedMs?: number | null;
    redelivered?: number;
  };

  function evidence({
    planned = false,
    idempotent = true,
    silenceMs,
    stalledMs = 0,
    anomaly,
    missing,
    unconsumed,
    waitedMs = 100,
    redelivered = 0,
  }: Case): Evidence {
    const { anomalies, report } = collectAnomalies();
    if (anomaly) report(anomaly, { partition: 0, record: '0/1', detail: 'planted' });
    const spread = (ms: number) => ({ perPartition: [], medianMs: ms, worst: { partition: 0, ms, atMs: 0 } });
    const latencies = { count: 1, p50Ms: 5, p99Ms: 5, maxMs: 5 };
    const worst = silenceMs ?? (planned ? 500 : 5000);
    return {
      objectives: { interruptionMs: 60_000, plannedInterruptionMs: 2000 },
      planned,
      run: {
        version: 1,
        id: 'r1',
        startedAt: 0,
        topic: 'drill',
        partitions: 1,
        ratePerSecond: 10,
        recordBytes: 200,
        idempotent,
        startOffsets: [0],
      },
      findings: {
        anomalies,
        incomplete: {
          writing: [],
          reading: missing ? [missing] : [],
          consuming: unconsumed ? [unconsumed] : [],
        },
        counts: { sent: 1, acknowledged: 1, failed: 0, unknown: 0, unknownFound: 0, read: 1 },
      },
      interruptions: {
        fromMs: 0,
        toMs: 1000,
        writing: spread(worst),
        latency: spread(worst),
        reading: spread(worst),
        availability: 1,
        latencyBeforeFault: latencies,
        latencyAfterFault: latencies,
        stalledMs,
      },
      consumers:
        waitedMs === null
          ? null
          : {
              members: 2,
              delivery: spread(waitedMs),
              commit: { partition: 0, ms: 90_000, atMs: 0 },
              coordinators: [1, 2],
              rebalances: 0,
              delivered: 1,
              redelivered,
            },
    };
  }
});
