import type { PodSample } from '@kafka-ha/cluster';
import type { MemoryPeaks } from './bench-result.ts';

/** Each kind's highest, of all samples. */
export function memoryPeaks(samples: readonly PodSample[]): MemoryPeaks {
  return highest(
    samples.map(({ usageBytes, highWaterBytes, anonymousBytes, pageCacheBytes, heapBytes }) => ({
      heapBytes,
      // Read a moment later than the heap, as is the whole below: in between each may grow.
      outsideHeapBytes: Math.max(0, anonymousBytes - heapBytes),
      pageCacheBytes,
      kernelBytes: Math.max(0, usageBytes - anonymousBytes - pageCacheBytes),
      totalBytes: Math.max(usageBytes, highWaterBytes ?? 0),
    })),
  );
}

/** The highest of each kind; all 0 where there is none. */
export function highest(peaks: readonly MemoryPeaks[]): MemoryPeaks {
  const most = (kind: keyof MemoryPeaks) => Math.max(0, ...peaks.map((each) => each[kind]));
  return {
    heapBytes: most('heapBytes'),
    outsideHeapBytes: most('outsideHeapBytes'),
    pageCacheBytes: most('pageCacheBytes'),
    kernelBytes: most('kernelBytes'),
    totalBytes: most('totalBytes'),
  };
}

/**
 * What was used between two of a pod's samples, which may be any of them; without one, from the first or to the last. A
 * container that restarts begins at 0.
 */
export function cpuSecondsBetween(
  samples: readonly PodSample[],
  from: PodSample | undefined,
  to: PodSample | undefined,
): number {
  const between = [from, ...samples, to]
    .filter((sample) => sample !== undefined)
    .filter(({ uptimeMs }) => uptimeMs >= (from?.uptimeMs ?? 0) && uptimeMs <= (to?.uptimeMs ?? Infinity));
  return increase(between, ({ cpuSeconds }) => cpuSeconds);
}

/** Kills in the container that were seen: those that ended it have ended its counter too. */
export function oomKillsIn(samples: readonly PodSample[]): number {
  return increase(samples, ({ oomKills }) => oomKills);
}

/** Of a counter that starts again at 0 now and then. */
function increase(samples: readonly PodSample[], counter: (sample: PodSample) => number): number {
  const values = [...samples].sort((a, b) => a.uptimeMs - b.uptimeMs).map(counter);
  return values.reduce((sum, now, i) => {
    const before = values[i - 1] ?? now;
    return sum + (now >= before ? now - before : now);
  }, 0);
}
