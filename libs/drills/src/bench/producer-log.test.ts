import { describe, expect, test } from '@jest/globals';
import { parseProducerLog, writtenMs } from './producer-log.ts';
import { summarizeProducerLog } from './summarize-producer-log.ts';

/** Of ProducerPerformance in Kafka 3.9.2. */
const recorded =
  `log4j:WARN No appenders could be found for logger (org.apache.kafka.clients.producer.ProducerConfig).
log4j:WARN Please initialize the log4j system properly.
log4j:WARN See http://logging.apache.org/log4j/1.2/faq.html#noconfig for more info.
21060 records sent, 3565.3 records/sec (3.40 MB/sec), 1574.1 ms avg latency, 3077.0 ms max latency.
52924 records sent, 10438.7 records/sec (9.96 MB/sec), 3706.2 ms avg latency, 7879.0 ms max latency.
118110 records sent, 7750.508564 records/sec (7.39 MB/sec), 3675.73 ms avg latency, 9724.00 ms max latency, 3661 ms 50th, 7320 ms 95th, 8892 ms 99th, 9720 ms 99.9th.`.split(
    '\n',
  );

describe('producer log', () => {
  test('the intervals and the total of a finished run are read, and its complaints are not', () => {
    expect(parseProducerLog(recorded)).toEqual({
      intervals: [
        { records: 21060, recordsPerSecond: 3565.3, averageLatency: 1574.1, maxLatency: 3077 },
        { records: 52924, recordsPerSecond: 10438.7, averageLatency: 3706.2, maxLatency: 7879 },
      ],
      total: {
        records: 118110,
        recordsPerSecond: 7750.508564,
        averageLatency: 3675.73,
        maxLatency: 9724,
        p50: 3661,
        p95: 7320,
        p99: 8892,
      },
      failures: 0,
    });
  });

  test('a run tells how long it has been writing', () => {
    expect(writtenMs(parseProducerLog(recorded))).toBeCloseTo(5907 + 5070, 0);
    expect(writtenMs(parseProducerLog([]))).toBe(0);
  });

  test('a finished run is told by its own total', () => {
    const summary = summarizeProducerLog(parseProducerLog(recorded));
    expect(summary).toMatchObject({
      records: 118110,
      latency: { average: 3675.73, max: 9724, p50: 3661, p95: 7320, p99: 8892 },
    });
    expect(summary.durationMs).toBeCloseTo(15239, 0);
  });

  test('a run that was cut short is told by its intervals, weighted by their records, without percentiles', () => {
    const { records, recordsPerSecond, latency } = summarizeProducerLog(
      parseProducerLog(recorded.slice(0, -1)),
    );
    expect(records).toBe(73984);
    expect(recordsPerSecond).toBeCloseTo(6740, 0);
    expect(latency).toEqual({
      average: expect.closeTo(3099.3, 1),
      max: 7879,
      p50: null,
      p95: null,
      p99: null,
    });
  });

  test('a run that has written nothing has figures of 0', () => {
    expect(summarizeProducerLog(parseProducerLog([]))).toMatchObject({
      records: 0,
      durationMs: 0,
      recordsPerSecond: 0,
      latency: { average: 0, max: 0 },
    });
  });

  test('sends that failed for good are counted by their exceptions', () => {
    const log = parseProducerLog([
      'org.apache.kafka.common.errors.TimeoutException: Expiring 12 record(s) for __kafka_ha_bench-3:120002 ms has passed',
      'org.apache.kafka.common.errors.TimeoutException: Expiring 12 record(s) for __kafka_ha_bench-3:120002 ms has passed',
      '\tat org.apache.kafka.clients.producer.KafkaProducer.doSend(KafkaProducer.java:1056)',
    ]);
    expect(log.failures).toBe(2);
  });
});
