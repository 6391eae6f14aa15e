import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { producerJob } from '../bench/producer-job.ts';
import { parseProducerLog } from '../bench/producer-log.ts';
import { throughputOf } from './side-producer.ts';

describe('side producer', () => {
  const ofTopic = { topic: 'bulk', records: 1_000, deadlineSeconds: 60 };
  const argumentsOf = (run: Parameters<typeof producerJob>[1]) => JSON.stringify(producerJob(aSpec(), run));

  test('it writes at a rate, and a bench as fast as it can', () => {
    expect(argumentsOf({ ...ofTopic, phase: 'beside', recordsPerSecond: 20_000 })).toContain(
      '"--throughput","20000"',
    );
    expect(argumentsOf({ ...ofTopic, phase: 'measure' })).toContain('"--throughput","-1"');
  });

  test('what it wrote is its average, while it waited as well, and what was refused is counted', () => {
    const log = parseProducerLog([
      '100000 records sent, 20000.0 records/sec (19.07 MB/sec), 12.0 ms avg latency, 80.0 ms max latency.',
      '20000 records sent, 4000.0 records/sec (3.81 MB/sec), 900.0 ms avg latency, 4000.0 ms max latency.',
      'org.apache.kafka.common.errors.TimeoutException: Expiring 1 record(s)',
    ]);
    expect(throughputOf(log, 20_000_000)).toEqual({
      bytesPerSecond: 20_000_000,
      reachedBytesPerSecond: 12_000_000,
      failedRecords: 1,
    });
    expect(throughputOf(parseProducerLog([]), 20_000_000).reachedBytesPerSecond).toBe(0);
  });
});
