/** What Kafka's ProducerPerformance has printed so far. */
export type ProducerLog = {
  /** One every five seconds. */
  intervals: readonly Interval[];
  /** Printed at its end, for the whole of it. */
  total: Total | undefined;
  /** Sends that failed for good: each has left its exception. */
  failures: number;
};

export type Interval = {
  records: number;
  recordsPerSecond: number;
  /** Milliseconds. */
  averageLatency: number;
  maxLatency: number;
};

export type Total = Interval & { p50: number; p95: number; p99: number };

const number = String.raw`(\d+(?:\.\d+)?)`;
/** What it calls MB are mebibytes; bytes follow from the records, so they are not read. */
const intervalLine = new RegExp(
  String.raw`^(\d+) records sent, ${number} records/sec \(${number} MB/sec\), ${number} ms avg latency, ${number} ms max latency`,
);
const percentiles = /, (\d+) ms 50th, (\d+) ms 95th, (\d+) ms 99th, \d+ ms 99\.9th\.$/;
const exceptionLine = /^[\w.$]+(?:Exception|Error): /;

/** Reads the log of `org.apache.kafka.tools.ProducerPerformance` (Kafka 3.9.2). Lines of other kinds are passed over. */
export function parseProducerLog(lines: readonly string[]): ProducerLog {
  const intervals: Interval[] = [];
  let total: Total | undefined;
  for (const line of lines) {
    const [, records, recordsPerSecond, , averageLatency, maxLatency] = intervalLine.exec(line) ?? [];
    if (records === undefined) continue;
    const interval = {
      records: Number(records),
      recordsPerSecond: Number(recordsPerSecond),
      averageLatency: Number(averageLatency),
      maxLatency: Number(maxLatency),
    };
    const [, p50, p95, p99] = percentiles.exec(line) ?? [];
    if (p50 === undefined) intervals.push(interval);
    else total = { ...interval, p50: Number(p50), p95: Number(p95), p99: Number(p99) };
  }
  return { intervals, total, failures: lines.filter((line) => exceptionLine.test(line)).length };
}

/** For how long it has been writing, in milliseconds, as far as it has told. */
export function writtenMs({ intervals }: ProducerLog): number {
  return intervals.reduce((sum, interval) => sum + intervalMs(interval), 0);
}

export function intervalMs({ records, recordsPerSecond }: Interval): number {
  return recordsPerSecond === 0 ? 0 : (1000 * records) / recordsPerSecond;
}
