import type { LogsOf, PartitionLog, Written, WrittenLately } from './cluster-reading.ts';

/** Fewer records tell nothing of their size. */
const fewest = 100;
/** What counts of all before with each reading. The two of a burst, its records and its bytes, may be seen in different readings. */
const kept = 0.9;

/** With what came between two readings, of partitions of which nothing was deleted meanwhile. */
export function rememberWritten(written: WrittenLately, before: LogsOf, logs: LogsOf): WrittenLately {
  // Nobody has told of any topic: that they are gone is not said by that.
  if (logs.size === 0) return written;
  return new Map(
    [...logs].map(([topic, partitions]) => {
      const { records, bytes } = written.get(topic) ?? { records: 0, bytes: 0 };
      // Of a topic that is seldom written to, all counts until there is enough.
      const share = records <= fewest ? 1 : Math.max(kept, fewest / records);
      const sum = { records: share * records, bytes: share * bytes };
      for (const [partition, log] of partitions) {
        const last = before.get(topic)?.get(partition);
        if (last === undefined || last.start !== log.start || last.bytes === null || log.bytes === null)
          continue;
        // A broker that leads now may have another size of the same log.
        if (log.end < last.end || log.bytes < last.bytes) continue;
        sum.records += log.end - last.end;
        sum.bytes += log.bytes - last.bytes;
      }
      return [topic, sum];
    }),
  );
}

/**
 * Bytes of a record on disk: of those that were written lately, or else of all that are kept. The latter is too much where an
 * application deletes what it has read, as Kafka Streams does, for the file that they are in stays. Undefined where there is none.
 */
export function recordBytes(
  written: Written | undefined,
  partitions: readonly PartitionLog[],
): number | undefined {
  if (written !== undefined && written.records >= fewest) return written.bytes / written.records;
  const sized = partitions.flatMap(({ start, end, bytes }) =>
    bytes === null ? [] : [{ records: end - start, bytes }],
  );
  const sum = (field: keyof Written) => sized.reduce((total, log) => total + log[field], 0);
  return sum('records') > 0 ? sum('bytes') / sum('records') : undefined;
}
