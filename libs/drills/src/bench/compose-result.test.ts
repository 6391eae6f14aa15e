import { describe, expect, test } from '@jest/globals';
import type { PodSample } from '@kafka-ha/cluster';
import { aSpec } from '@kafka-ha/config/testing';
import type { PodState } from '@kafka-ha/health';
import { composeBenchResult, type Measured } from './compose-result.ts';
import type { ProducerLog } from './producer-log.ts';

const spec = aSpec();
const broker = { pod: 'events-kafka-0', component: 'kafka' as const };
const server = { pod: 'events-zookeeper-0', component: 'zookeeper' as const };

function aSample(differences: Partial<PodSample>): PodSample {
  return {
    uptimeMs: 0,
    cpuSeconds: 0,
    usageBytes: 10,
    highWaterBytes: undefined,
    anonymousBytes: 5,
    pageCacheBytes: 4,
    heapBytes: 3,
    oomKills: 0,
    ...differences,
  };
}

function aPod(name: string, differences: Partial<PodState> = {}): PodState {
  const component = name.includes('kafka') ? 'kafka' : 'zookeeper';
  const running = { phase: 'Running', ready: true, node: 'a', zone: null, revision: 'r', deleting: false };
  const startedAt = '2026-01-01T00:00:00Z';
  return {
    ...running,
    name,
    uid: `uid-${name}`,
    component,
    ordinal: 0,
    restarts: 1,
    startedAt,
    waiting: null,
    lastTermination: { reason: 'OOMKilled', exitCode: 137 },
    ...differences,
  };
}

const interval = { records: 500_000, recordsPerSecond: 100_000, averageLatency: 100, maxLatency: 300 };
const warmUp: ProducerLog = { intervals: [interval], total: undefined, failures: 0 };
const run: ProducerLog = {
  intervals: [interval, interval],
  total: { ...interval, records: 2_000_000, p50: 90, p95: 200, p99: 250 },
  failures: 0,
};

function measured(differences: Partial<Measured> = {}): Measured {
  return {
    warmUp,
    run,
    recordsWanted: 2_000_000,
    targets: [broker, server],
    samples: new Map(),
    from: new Map([[broker.pod, aSample({ uptimeMs: 1, cpuSeconds: 100 })]]),
    to: new Map([[broker.pod, aSample({ uptimeMs: 2, cpuSeconds: 130, heapBytes: 4 })]]),
    podsBefore: [aPod(broker.pod), aPod(server.pod)],
    podsAfter: [aPod(broker.pod), aPod(server.pod)],
    ...differences,
  };
}

describe('compose result', () => {
  test("throughput and CPU per GB are of application data; ZooKeeper's CPU is not a broker's", () => {
    const samples = new Map([
      [server.pod, [aSample({ uptimeMs: 1 }), aSample({ uptimeMs: 2, cpuSeconds: 7, heapBytes: 9 })]],
    ]);
    expect(composeBenchResult(spec, measured({ samples }))).toMatchObject({
      records: 2_000_000,
      failedRecords: 0,
      durationMs: 20_000,
      bytesPerSecond: 100e6,
      latency: { p99: 250 },
      warmUp: { durationMs: 5000, bytesPerSecond: 100e6 },
      brokerCpu: { seconds: 30, secondsPerGb: 15 },
      worstBroker: { heapBytes: 4, outsideHeapBytes: 2 },
      pods: [
        { pod: broker.pod, cpuSeconds: 30, limitBytes: 1024 ** 3, restarts: 0, oomKills: 0 },
        { pod: server.pod, cpuSeconds: 7, limitBytes: 384 * 1024 ** 2, restarts: 0, oomKills: 0 },
      ],
    });
  });

  test('records that were never acknowledged are told', () => {
    expect(composeBenchResult(spec, measured({ recordsWanted: 2_000_100 })).failedRecords).toBe(100);
    const cutShort = { ...run, total: undefined, failures: 3 };
    expect(composeBenchResult(spec, measured({ run: cutShort })).failedRecords).toBe(3);
  });

  function endings(after: PodState[]) {
    const [of] = composeBenchResult(spec, measured({ podsAfter: after })).pods;
    return { restarts: of?.restarts, oomKills: of?.oomKills };
  }

  test('a container that restarted is told, and whether for memory; what was before does not count', () => {
    const startedAt = '2026-01-01T00:01:00Z';
    expect(endings([aPod(broker.pod, { restarts: 2, startedAt })])).toEqual({ restarts: 1, oomKills: 1 });
    const lastTermination = { reason: 'Error', exitCode: 1 };
    expect(endings([aPod(broker.pod, { restarts: 3, startedAt, lastTermination })])).toEqual({
      restarts: 2,
      oomKills: 0,
    });
  });

  test('a pod that was replaced, or is away, has restarted', () => {
    const replaced = { restarts: 0, startedAt: '2026-01-01T00:01:00Z', lastTermination: null };
    expect(endings([aPod(broker.pod, replaced)])).toEqual({ restarts: 1, oomKills: 0 });
    expect(endings([])).toEqual({ restarts: 1, oomKills: 0 });
  });

  test('a kill in the container that did not end it is told by its counter', () => {
    const samples = new Map([
      [broker.pod, [aSample({ uptimeMs: 1, oomKills: 0 }), aSample({ uptimeMs: 2, oomKills: 1 })]],
    ]);
    const { pods } = composeBenchResult(spec, measured({ samples, from: new Map(), to: new Map() }));
    expect(pods[0]).toMatchObject({ restarts: 0, oomKills: 1 });
  });
});
