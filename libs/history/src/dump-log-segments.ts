/** One record batch in the log of one replica. Followers append the leader's bytes, so replicas hold equal batches. */
export type Batch = {
  baseOffset: number;
  lastOffset: number;
  leaderEpoch: number;
  crc: number;
  valid: boolean;
};

/** The batches of one broker by partition (`events-7`, the name of the log's directory), in the order of their offsets. */
export type BrokerLogs = ReadonlyMap<string, readonly Batch[]>;

const dumpedFile = /^Dumping (?:.*\/)?([^/]+)\/\d+\.log$/;
const batch =
  /^baseOffset: (\d+) lastOffset: (\d+) .*\bpartitionLeaderEpoch: (-?\d+) .*\bcrc: (\d+) isvalid: (true|false)$/;

/**
 * Reads what `DumpLogSegments --files a.log,b.log` printed (Kafka 3.9 to 4.4). Lines of other kinds, such as
 * records or remarks on a torn tail, are passed over: a tail is judged by what the other replicas hold.
 */
export function parseDumpedLogs(output: string): BrokerLogs {
  const logs = new Map<string, Batch[]>();
  let current: Batch[] = [];
  for (const line of output.split('\n')) {
    const [, partition] = dumpedFile.exec(line) ?? [];
    if (partition !== undefined) {
      current = logs.get(partition) ?? [];
      logs.set(partition, current);
      continue;
    }
    const [, baseOffset, lastOffset, leaderEpoch, crc, valid] = batch.exec(line) ?? [];
    if (baseOffset === undefined) continue;
    current.push({
      baseOffset: Number(baseOffset),
      lastOffset: Number(lastOffset),
      leaderEpoch: Number(leaderEpoch),
      crc: Number(crc),
      valid: valid === 'true',
    });
  }
  for (const batches of logs.values()) batches.sort((a, b) => a.baseOffset - b.baseOffset);
  return logs;
}
