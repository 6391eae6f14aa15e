import { describe, expect, test } from '@jest/globals';
import type { BenchResult, PodUsage } from '@kafka-ha/drills';
import { printBench } from './print-bench.ts';

const mebibyte = 1024 * 1024;
const peaks = {
  heapBytes: 300 * mebibyte,
  outsideHeapBytes: 200 * mebibyte,
  pageCacheBytes: 400 * mebibyte,
  kernelBytes: 10 * mebibyte,
  totalBytes: 900 * mebibyte,
};

function aPod(pod: string, differences: Partial<PodUsage> = {}): PodUsage {
  const component = pod.includes('kafka') ? 'kafka' : 'zookeeper';
  const limitBytes = 1024 * mebibyte;
  return { pod, component, limitBytes, peaks, cpuSeconds: 12.34, restarts: 0, oomKills: 0, ...differences };
}

function aResult(differences: Partial<BenchResult> = {}): BenchResult {
  return {
    topic: '__kafka_ha_bench',
    partitions: 20,
    replicationFactor: 5,
    recordBytes: 1000,
    records: 11_000_000,
    failedRecords: 0,
    durationMs: 180_000,
    recordsPerSecond: 61_111,
    bytesPerSecond: 61_111_000,
    latency: { average: 402.4, max: 2011.1, p50: 380, p95: 800, p99: 1210 },
    warmUp: { durationMs: 30_000, bytesPerSecond: 40e6 },
    brokerCpu: { seconds: 181.5, secondsPerGb: 16.5 },
    worstBroker: { ...peaks, heapBytes: 321 * mebibyte },
    pods: [aPod('events-kafka-0'), aPod('events-zookeeper-0')],
    ...differences,
  };
}

function printed(result: BenchResult): string {
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  printBench(result, 120 * mebibyte, stream);
  return written.join('');
}

describe('printBench', () => {
  test('the figures stand first, then a row per pod, with the worst broker between the kinds', () => {
    const lines = printed(aResult()).split('\n');
    expect(lines.filter((line) => line.startsWith('  '))).toEqual([
      expect.stringContaining('20 partitions × 5 replicas'),
      expect.stringMatching(/throughput +61\.1MB\/s, 61,111 records\/s +11,000,000 records, 11\.0 GB in 3m/),
      expect.stringMatching(/latency +average 402, median 380, 95 % 800, 99 % 1210, most 2011 ms/),
      expect.stringMatching(/broker CPU +16\.5 CPU-s\/GB/),
      expect.stringContaining('peak of each kind of memory'),
      expect.stringMatching(
        /pod +heap +outside heap +page cache +kernel +in all +limit +CPU +restarts +OOM kills/,
      ),
      expect.stringMatching(/events-kafka-0 +300Mi +200Mi +400Mi +10Mi +900Mi +1Gi +12\.3 s +0 +0$/),
      expect.stringMatching(/worst broker +321Mi +200Mi +400Mi +10Mi +900Mi$/),
      expect.stringMatching(/events-zookeeper-0 +300Mi/),
      expect.stringContaining('kafka-ha itself: 120Mi'),
    ]);
    expect(lines.at(-2)).toBe('✓ no restart, no OOM kill, no write refused');
  });

  test('a run that was cut short has no percentiles', () => {
    const latency = { average: 402, max: 2011, p50: null, p95: null, p99: null };
    expect(printed(aResult({ latency }))).toContain('average 402, most 2011 ms');
  });

  test('what did not hold stands in the last line', () => {
    const pods = [
      aPod('events-kafka-0', { restarts: 1, oomKills: 1 }),
      aPod('events-kafka-1', { restarts: 2 }),
    ];
    expect(
      printed(aResult({ pods, failedRecords: 1200 }))
        .trimEnd()
        .split('\n')
        .at(-1),
    ).toBe(
      '✗ events-kafka-0 restarted once, events-kafka-0 was killed for memory once, events-kafka-1 restarted 2 times, 1,200 writes were refused',
    );
  });
});
