import { describe, expect, test } from '@jest/globals';
import { aSpec } from '../testing.ts';

const MB = 1e6;
const uncompressed = { rate: '100MB/s', compression: 1 };

describe('expectedLoad', () => {
  test('at replication factor 5 on five brokers each broker writes all that is sent', () => {
    const { healthy } = aSpec({ ingest: uncompressed }).sizing.load;
    expect(healthy.diskWriteBytesPerSecond).toBe(100 * MB);
    expect(healthy.networkInBytesPerSecond).toBe(100 * MB);
    expect(healthy.networkOutBytesPerSecond).toBeCloseTo(100 * MB); // 80 to followers, 20 to consumers
    expect(healthy.cpuCores).toBeCloseTo(0.4);
  });

  test('with two lost the other three lead a third each', () => {
    const { degraded } = aSpec({ ingest: { ...uncompressed, consumerGroups: 2 } }).sizing.load;
    expect(degraded.diskWriteBytesPerSecond).toBe(100 * MB);
    expect(degraded.networkOutBytesPerSecond).toBeCloseTo((66.67 + 66.67) * MB, -5);
  });

  test('compression and further brokers lower the load of each', () => {
    const { healthy } = aSpec({ brokers: 10, ingest: { rate: '100MB/s', compression: 4 } }).sizing.load;
    expect(healthy.diskWriteBytesPerSecond).toBe(12.5 * MB);
  });

  test('catching up takes what was missed at what the volume has left beside the inflow', () => {
    const { catchUp, peakDiskBytes } = aSpec({
      ingest: uncompressed,
      storage: { throughput: '200MB/s' },
    }).sizing;
    expect(catchUp.afterRestartSeconds).toBeCloseTo(30);
    expect(catchUp.afterLostDiskSeconds).toBeCloseTo(peakDiskBytes / (100 * MB));
  });

  test('a broker with little CPU catches up no faster than it can write', () => {
    const { catchUp } = aSpec({
      ingest: uncompressed,
      storage: { throughput: '1GB/s' },
      resources: { cpu: 0.5 },
    }).sizing;
    expect(catchUp.afterRestartSeconds).toBeCloseTo((30 * 100) / (500 / 4 - 100));
  });
});
