import { describe, expect, test } from '@jest/globals';
import { emptyHistory, type History } from './history.ts';
import { interruptions, toRunMs } from './interruptions.ts';
import { intendedMs } from './run.ts';

describe('interruptions', () => {
  test('in calm, the longest silence is the interval between writes', () => {
    const { writing, latency, availability } = interruptions(aHistory({ seconds: 10 }));
    expect(writing).toMatchObject({ medianMs: 100, worst: { ms: 100 } });
    expect(latency).toMatchObject({ medianMs: 5, worst: { ms: 5 } });
    expect(availability).toBe(1);
  });

  test('a silent partition is named, with when its silence began', () => {
    const { writing, latency, availability } = interruptions(
      aHistory({ seconds: 10, silences: [{ partition: 2, fromMs: 4000, toMs: 7000 }] }),
    );
    expect(writing.worst).toEqual({ partition: 2, ms: 3050, atMs: 3955 });
    expect(writing.medianMs).toBe(100);
    // The first write that had to wait was intended at 4,050 ms.
    expect(latency.worst).toEqual({ partition: 2, ms: 2955, atMs: 4050 });
    expect(availability).toBeCloseTo(1 - 3050 / (4 * 10_000));
  });

  test('a partition that never comes back is silent until the end of writing', () => {
    const { writing, latency } = interruptions(
      aHistory({ seconds: 10, silences: [{ partition: 0, fromMs: 2000, toMs: Infinity }] }),
    );
    expect(writing.worst).toMatchObject({ partition: 0, ms: 10_000 - 1905 });
    expect(latency.worst).toEqual({ partition: 0, ms: 8100, atMs: 2000 });
  });

  test('a partition that was never written is silent all along', () => {
    const history = aHistory({ seconds: 10, silences: [{ partition: 1, fromMs: 0, toMs: Infinity }] });
    expect(interruptions(history).writing.worst).toEqual({ partition: 1, ms: 10_000, atMs: 0 });
  });

  test('a run in which nothing was written has a count of 0 and no figure that JSON cannot hold', () => {
    const { latencyBeforeFault, availability, writing } = interruptions(aHistory({ seconds: 0 }));
    expect(latencyBeforeFault).toEqual({ count: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 });
    expect({ availability, median: writing.medianMs }).toEqual({ availability: 1, median: 0 });
  });

  test('a silence that began before the stretch counts in full, one outside does not count', () => {
    const history = aHistory({ seconds: 10, silences: [{ partition: 0, fromMs: 2000, toMs: 5000 }] });
    expect(interruptions(history, { fromMs: 4000, toMs: 8000 }).writing.worst).toMatchObject({
      ms: 3100,
      atMs: 1905,
    });
    expect(interruptions(history, { fromMs: 6000, toMs: 8000 }).writing.worst).toMatchObject({ ms: 100 });
  });

  test('latencies are parted at the fault', () => {
    const history = aHistory({ seconds: 10, silences: [{ partition: 0, fromMs: 5000, toMs: 6000 }] });
    const { latencyBeforeFault, latencyAfterFault } = interruptions(history, { faultMs: 5000 });
    expect(latencyBeforeFault).toEqual({ count: 200, p50Ms: 5, p99Ms: 5, maxMs: 5 });
    expect(latencyAfterFault).toMatchObject({ count: 200, p50Ms: 5, maxMs: 1005 });
  });

  test('a write that the fault found under way waited only until then before it', () => {
    const history = aHistory({ seconds: 10, silences: [{ partition: 0, fromMs: 4900, toMs: 6000 }] });
    const { latencyBeforeFault, latencyAfterFault } = interruptions(history, { faultMs: 5000 });
    expect(latencyBeforeFault).toMatchObject({ count: 200, p50Ms: 5, maxMs: 100 });
    expect(latencyAfterFault).toMatchObject({ count: 201, maxMs: 1105 });
  });

  test('a reader’s silence is told apart from the writer’s', () => {
    const history = aHistory({ seconds: 10 });
    const reads = history.reads.filter(({ partition, ms }) => partition !== 3 || ms < 6000);
    const { reading, writing } = interruptions({ ...history, reads });
    expect(reading.worst).toMatchObject({ partition: 3, ms: 10_000 - 5985 });
    expect(writing.worst.ms).toBe(100);
  });

  test('the workload’s own standing still is reported', () => {
    const clock = [
      { ms: 1000, epochMs: 1_001_000, stalledMs: 3 },
      { ms: 2000, epochMs: 1_002_000, stalledMs: 740 },
    ];
    expect(interruptions({ ...aHistory({ seconds: 3 }), clock }).stalledMs).toBe(740);
  });

  test('a time of day becomes a time of the run by the nearest clock note', () => {
    const history = { ...aHistory({ seconds: 3 }), clock: [{ ms: 2000, epochMs: 1_002_050, stalledMs: 0 }] };
    expect(toRunMs(history, 1_000_500)).toBe(500);
    expect(toRunMs(history, 1_002_100)).toBe(2050);
  });

  type Silence = { partition: number; fromMs: number; toMs: number };

  /** Four partitions, ten writes per second each, acknowledged after 5 ms and read after 10 ms but in a silence. */
  function aHistory({ seconds, silences = [] }: { seconds: number; silences?: Silence[] }): History {
    const run = {
      version: 1,
      id: 'r1',
      startedAt: 1_000_000,
      topic: 'drill',
      partitions: 4,
      ratePerSecond: 10,
      recordBytes: 200,
      idempotent: true,
      startOffsets: [0, 0, 0, 0],
    } as const;
    const history = emptyHistory(run);
    const stoppedMs = seconds * 1000;
    for (const partition of run.startOffsets.keys()) {
      for (let seq = 0; intendedMs(run, partition, seq) < stoppedMs; seq += 1) {
        const sentMs = intendedMs(run, partition, seq);
        const silence = silences.find(
          (s) => s.partition === partition && sentMs >= s.fromMs && sentMs < s.toMs,
        );
        const ms = (silence?.toMs ?? sentMs) + 5;
        history.sent.push({ partition, seq, count: 1, ms: sentMs });
        if (ms === Infinity) continue;
        history.acknowledged.push({ partition, seq, count: 1, offset: seq, ms });
        history.reads.push({ pass: 'live', partition, seq, count: 1, offset: seq, epoch: 0, ms: ms + 5 });
      }
    }
    return { ...history, writerEnd: { ms: stoppedMs + 100, stoppedMs } };
  }
});
