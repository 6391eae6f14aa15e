/** What must not happen. Each kind is a promise of Kafka's that was broken, or of the record's that was. */
export const anomalyKinds = [
  'lost', // acknowledged or already read, and not there at the end
  'duplicated', // there more than once
  'reordered', // sent after another was acknowledged, and stored before it
  'phantom', // read although nobody wrote it, or although its write surely failed
  'corrupted', // read with a wrong checksum
  'offset-mismatch', // stored at another offset than was acknowledged or read before
  'read-back', // a reader was given an offset that it had passed
  'read-gap', // a reader was led past an offset
  'watermark-back', // the end of a partition moved backwards
  'undelivered', // stored, and passed over by the group of consumers
  'commit-back', // the group was told an older offset than it had committed
  'epoch-back', // a record carries an older leader epoch than the one before it
] as const;

export type AnomalyKind = (typeof anomalyKinds)[number];

/** `record` is `partition/sequence number`, where one is known. */
export type Anomaly = { partition: number; record?: string; offset?: number; detail: string };

/** Every anomaly is counted, the first ones are named. */
export type Anomalies = Record<AnomalyKind, { count: number; examples: Anomaly[] }>;

export type Report = (kind: AnomalyKind, anomaly: Anomaly) => void;

const maxExamples = 100;

/** An empty list, and the function that adds to it. The same anomaly told twice counts once. */
export function collectAnomalies(): { anomalies: Anomalies; report: Report } {
  const anomalies = Object.fromEntries(
    anomalyKinds.map((kind) => [kind, { count: 0, examples: [] as Anomaly[] }]),
  ) as Anomalies;
  const seen = new Set<string>();
  const report: Report = (kind, anomaly) => {
    const key = [kind, anomaly.partition, anomaly.record, anomaly.offset, anomaly.detail].join(' ');
    if (seen.has(key)) return;
    seen.add(key);
    anomalies[kind].count += 1;
    if (anomalies[kind].examples.length < maxExamples) anomalies[kind].examples.push(anomaly);
  };
  return { anomalies, report };
}
