import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LOG_RETENTION_CHECK_INTERVAL_MS, LOG_SEGMENT_DELETE_DELAY_MS } from '../broker-constants.ts';
import { aSpec } from '../testing.ts';
import { GIB, MIB } from '../units/bytes.ts';
import { leastVolume, sizeDisk, withWishedVolume } from './size-disk.ts';

describe('sizeDisk', () => {
  test('50 GB of the seed keep six minutes of uncompressed data, and half an hour at 4:1', () => {
    const plain = aSpec({ storage: { size: '50G' }, ingest: { compression: 1 } });
    expect(plain.sizing.retentionSeconds / 60).toBeCloseTo(6.2, 1);
    const compressed = aSpec({ storage: { size: '50G' } });
    expect(compressed.sizing.retentionSeconds / 60).toBeCloseTo(26, 1);
  });

  test('segments shrink with the volume and with the number of partitions', () => {
    const segmentOf = (size: string, partitions: number) =>
      aSpec({ storage: { size }, topics: [{ name: 'events', partitions }], ingest: { rate: '10MB/s' } })
        .sizing.segmentBytes / MIB;
    expect([
      segmentOf('50Gi', 20),
      segmentOf('50Gi', 60),
      segmentOf('8Gi', 20),
      segmentOf('8Gi', 300),
    ]).toEqual([128, 64, 32, 2]);
  });

  test('a segment holds the largest batch that is allowed', () => {
    const { sizing } = aSpec({
      storage: { size: '8Gi' },
      topics: [{ name: 'events', partitions: 100 }],
      kafkaConfig: { 'message.max.bytes': 8_000_000 },
    });
    expect(sizing.segmentBytes).toBe(8 * MIB);
  });

  test('a topic with its own retention is taken at its word, the others share the rest', () => {
    const topics = [
      { name: 'events', partitions: 20 },
      { name: 'audit', partitions: 5, config: { 'retention.bytes': GIB } },
    ];
    const { sizing } = aSpec({ topics });
    const { segmentBytes, retentionBytesPerPartition, peakDiskBytes } = sizing;
    const rest = peakDiskBytes - 25 * segmentBytes - 20 * retentionBytesPerPartition - 20 * 25e6;
    expect(rest / GIB).toBeCloseTo(5 + (20 * 2 * 8) / 1024, 2);
  });

  test('where no topic is listed, as many partitions are assumed as there are ordered pairs of brokers', () => {
    expect(aSpec().sizing.replicasPerBroker).toBe(20);
    expect(aSpec({ brokers: 7 }).sizing.replicasPerBroker).toBe(30); // 42 × 5 / 7
  });

  test('the volume that is said to be enough is enough, and a GiB less is not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 500 }),
        (megabytes, partitions) => {
          const spec = aSpec({
            ingest: { rate: '1MB/s' },
            storage: { size: '100Gi' },
            topics: [{ name: 'events', partitions }],
          });
          const loaded = { ...spec, ingest: { ...spec.ingest, bytesPerSecond: megabytes * 1e6 } };
          const volume = leastVolume(loaded) ?? NaN;
          expect(sizeDisk(loaded, volume)?.retentionSeconds).toBeGreaterThanOrEqual(60);
          if (volume > GIB) expect(sizeDisk(loaded, volume - GIB)).toBeUndefined();
        },
      ),
      { numRuns: 50 },
    );
  });

  test('a volume is as large as the wish for retention needs, and a GiB less would not do', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 72 }),
        (megabytes, partitions, hours) => {
          const topics = [{ name: 'events', partitions }];
          const spec = aSpec({
            ingest: { rate: '1MB/s' },
            storage: { size: '1Gi', retention: '1m' },
            topics,
          });
          const seconds = hours * 3600;
          const wished = withWishedVolume({
            ...spec,
            ingest: { ...spec.ingest, bytesPerSecond: megabytes * 1e6 },
            storage: { ...spec.storage, sizeBytes: GIB, retentionSeconds: seconds },
          });
          const { sizeBytes } = wished.storage;
          expect(sizeDisk(wished)?.retentionSeconds).toBeGreaterThanOrEqual(seconds);
          if (sizeBytes > GIB)
            expect(sizeDisk(wished, sizeBytes - GIB)?.retentionSeconds ?? 0).toBeLessThan(seconds);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('the size of the file is the least, and all where no retention is wished', () => {
    const sizeOf = (storage: object) => aSpec({ storage }).storage.sizeBytes / GIB;
    expect(sizeOf({ size: '500Gi', retention: '1h' })).toBe(500);
    expect(sizeOf({ size: '50Gi' })).toBe(50);
    expect(sizeOf({ size: '50Gi', retention: '24h' })).toBeGreaterThan(2_000);
  });

  test('no volume is ever fuller than 85 %, however the load spreads over the partitions', () => {
    const load = fc.record({
      megabytesPerSecond: fc.integer({ min: 1, max: 60 }),
      volumeGib: fc.integer({ min: 8, max: 16 }),
      weights: fc
        .array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 12 })
        .filter((all) => all.some((w) => w > 0)),
      batchBytes: fc.integer({ min: 20_000, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(load, ({ megabytesPerSecond, volumeGib, weights, batchBytes }) => {
        const spec = aSpec({
          ingest: { rate: `${megabytesPerSecond}MB/s`, compression: 1 },
          storage: { size: `${volumeGib}Gi` },
          topics: [{ name: 'events', partitions: weights.length }],
        });
        const { peakDiskBytes } = spec.sizing;
        expect(peakDiskBytes).toBeLessThanOrEqual(volumeGib * GIB * 0.85);
        expect(fullest(spec.sizing, megabytesPerSecond * 1e6, weights, batchBytes)).toBeLessThanOrEqual(
          peakDiskBytes,
        );
      }),
      { numRuns: 30 },
    );
  });

  /** Kafka's log of each partition, run at a rate until every one has been cut several times; the most that lay on the disk. */
  function fullest(
    {
      segmentBytes,
      retentionBytesPerPartition,
    }: { segmentBytes: number; retentionBytesPerPartition: number },
    bytesPerSecond: number,
    weights: readonly number[],
    batchBytes: number,
  ): number {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const logs = weights.map((weight) => ({
      rate: (bytesPerSecond * weight) / total,
      due: 0,
      segments: [0],
    }));
    const deleted: { at: number; bytes: number }[] = [];
    let most = 0;
    const seconds = (3 * weights.length * retentionBytesPerPartition) / bytesPerSecond;
    for (let now = 0; now < seconds; now++) {
      for (const log of logs) {
        log.due += log.rate;
        for (; log.due >= batchBytes; log.due -= batchBytes) {
          if (log.segments.at(-1)! + batchBytes > segmentBytes) log.segments.push(0);
          log.segments[log.segments.length - 1]! += batchBytes;
        }
      }
      if (now % (LOG_RETENTION_CHECK_INTERVAL_MS / 1000) === 0)
        for (const log of logs) {
          let excess = sum(log.segments) - retentionBytesPerPartition;
          while (log.segments.length > 1 && excess >= log.segments[0]!) {
            const bytes = log.segments.shift()!;
            excess -= bytes;
            deleted.push({ at: now + LOG_SEGMENT_DELETE_DELAY_MS / 1000, bytes });
          }
        }
      while (deleted[0] !== undefined && deleted[0].at < now) deleted.shift();
      most = Math.max(
        most,
        sum(logs.flatMap((log) => log.segments)) + sum(deleted.map(({ bytes }) => bytes)),
      );
    }
    return most;
  }

  function sum(numbers: readonly number[]): number {
    return numbers.reduce((total, number) => total + number, 0);
  }
});
