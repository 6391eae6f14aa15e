import { describe, expect, test } from '@jest/globals';
import type { PodSample } from '@kafka-ha/cluster';
import { cpuSecondsBetween, memoryPeaks, oomKillsIn } from './usage.ts';

function aSample(differences: Partial<PodSample> = {}): PodSample {
  return {
    uptimeMs: 0,
    cpuSeconds: 0,
    usageBytes: 0,
    highWaterBytes: undefined,
    anonymousBytes: 0,
    pageCacheBytes: 0,
    heapBytes: 0,
    oomKills: 0,
    ...differences,
  };
}

describe('usage', () => {
  test('each kind of memory has its own peak, at whatever moment', () => {
    const peaks = memoryPeaks([
      aSample({ usageBytes: 1000, anonymousBytes: 500, heapBytes: 400, pageCacheBytes: 450 }),
      aSample({ usageBytes: 900, anonymousBytes: 600, heapBytes: 300, pageCacheBytes: 290 }),
    ]);
    expect(peaks).toEqual({
      heapBytes: 400,
      outsideHeapBytes: 300,
      pageCacheBytes: 450,
      kernelBytes: 50,
      totalBytes: 1000,
    });
  });

  test("the kernel's own mark tells of peaks between the samples", () => {
    expect(memoryPeaks([aSample({ usageBytes: 900, highWaterBytes: 1024 })])).toMatchObject({
      totalBytes: 1024,
    });
  });

  test('no kind is negative where the files were read at slightly different moments', () => {
    const sample = aSample({ usageBytes: 99, anonymousBytes: 50, heapBytes: 51, pageCacheBytes: 50 });
    expect(memoryPeaks([sample])).toMatchObject({ outsideHeapBytes: 0, kernelBytes: 0 });
  });

  const running = [
    aSample({ uptimeMs: 1000, cpuSeconds: 10 }),
    aSample({ uptimeMs: 3000, cpuSeconds: 11 }),
    aSample({ uptimeMs: 5000, cpuSeconds: 14 }),
    aSample({ uptimeMs: 7000, cpuSeconds: 20 }),
  ];

  test('CPU counts from one sample to the other, whatever was sampled before and after', () => {
    const from = aSample({ uptimeMs: 2000, cpuSeconds: 10.5 });
    const to = aSample({ uptimeMs: 6000, cpuSeconds: 15 });
    expect(cpuSecondsBetween(running, from, to)).toBe(4.5);
  });

  test('without a first or a last sample CPU counts from or to what there is', () => {
    expect(cpuSecondsBetween(running, undefined, aSample({ uptimeMs: 6000, cpuSeconds: 15 }))).toBe(5);
    expect(cpuSecondsBetween(running, running[1], undefined)).toBe(9);
    expect(cpuSecondsBetween([], undefined, undefined)).toBe(0);
  });

  test('a container that restarts begins at 0, and what it used before still counts', () => {
    const restarted = [...running, aSample({ uptimeMs: 9000, cpuSeconds: 3 })];
    expect(cpuSecondsBetween(restarted, undefined, undefined)).toBe(13);
  });

  test('OOM kills are those during the bench, not those before', () => {
    const kills = [2, 2, 3].map((oomKills, i) => aSample({ uptimeMs: i, oomKills }));
    expect(oomKillsIn(kills)).toBe(1);
    expect(oomKillsIn(kills.slice(0, 2))).toBe(0);
  });
});
