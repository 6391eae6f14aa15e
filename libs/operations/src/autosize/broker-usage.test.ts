import { describe, expect, test } from '@jest/globals';
import type { PodSample } from '@kafka-ha/cluster';
import type { PodState, Reading } from '@kafka-ha/health';
import { brokerUsage } from './broker-usage.ts';

const nowMs = Date.parse('2026-01-01T12:00:00Z');

function aSample(differences: Partial<PodSample>): Reading<PodSample> {
  const none = { uptimeMs: 0, cpuSeconds: 0, usageBytes: 0, highWaterBytes: undefined, oomKills: 0 };
  return {
    kind: 'read',
    value: { ...none, anonymousBytes: 0, pageCacheBytes: 0, heapBytes: 0, ...differences },
  };
}

function aPod(ordinal: number, differences: Partial<PodState> = {}): PodState {
  return {
    name: `events-kafka-${ordinal}`,
    uid: '',
    component: 'kafka',
    ordinal,
    phase: 'Running',
    ready: true,
    node: null,
    zone: null,
    revision: '',
    restarts: 0,
    startedAt: '2026-01-01T06:00:00Z',
    deleting: false,
    waiting: null,
    lastTermination: null,
    ...differences,
  };
}

const metered = new Map<number, number>();
const before = new Map([
  [0, aSample({ uptimeMs: 1_000, cpuSeconds: 10 })],
  [1, aSample({ uptimeMs: 1_000, cpuSeconds: 10 })],
]);
const after = new Map([
  [0, aSample({ uptimeMs: 31_000, cpuSeconds: 16, anonymousBytes: 500, heapBytes: 300 })],
  [1, aSample({ uptimeMs: 31_000, cpuSeconds: 25, anonymousBytes: 400, heapBytes: 300 })],
]);

describe('broker usage', () => {
  test('the busiest broker counts, and the one that holds most outside its heap', () => {
    expect(brokerUsage({ before, after, metered, pods: [aPod(0), aPod(1)], nowMs })).toEqual({
      cpuCores: 0.5,
      outsideHeapBytes: 200,
      killedForMemory: [],
      unread: [],
    });
  });

  test('a broker that has just started, or starts meanwhile, is not judged by its CPU', () => {
    const young = aPod(1, { startedAt: '2026-01-01T11:56:00Z' });
    expect(brokerUsage({ before, after, metered, pods: [aPod(0), young], nowMs }).cpuCores).toBe(0.2);
    const restarted = new Map([...after, [1, aSample({ uptimeMs: 31_000, cpuSeconds: 3 })] as const]);
    expect(brokerUsage({ before, after: restarted, metered, pods: [aPod(0), aPod(1)], nowMs }).cpuCores).toBe(
      0.2,
    );
    const allYoung = brokerUsage({ before, after, metered, pods: [young, { ...young, ordinal: 0 }], nowMs });
    expect(allYoung.cpuCores).toBeUndefined();
    expect(allYoung.unread).toEqual([
      'CPU of the brokers was not judged: all have started within the last five minutes',
    ]);
  });

  test('who may run no command in a pod is told why nothing follows from CPU and memory', () => {
    const silent = new Map([[0, { kind: 'unreadable' as const, reason: 'ann may not create pods/exec' }]]);
    const pods = [aPod(0, { lastTermination: { reason: 'OOMKilled', exitCode: 137 } })];
    const seen = { before: silent, after: silent, metered, pods, nowMs };
    expect(brokerUsage(seen)).toEqual({
      killedForMemory: ['events-kafka-0'],
      unread: ['CPU and memory of the brokers could not be read: ann may not create pods/exec'],
    });
    expect(brokerUsage({ ...seen, metered: new Map([[0, 0.7]]) })).toEqual({
      cpuCores: 0.7,
      killedForMemory: ['events-kafka-0'],
      unread: ['memory of the brokers could not be read: ann may not create pods/exec'],
    });
  });
});
