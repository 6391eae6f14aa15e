import { KafkaHaError } from '@kafka-ha/base';
import type { DrillLoad } from './workload-objects.ts';

/** What is taken of a history: with it, judging a drill needs about a gigabyte. */
const keptBytes = 128 * 1024 * 1024;
/** A write, its acknowledgement and its two reads: 25 to 65 bytes were seen at the default load. A delivery is another read. */
const bytesPerRecord = 95;
/** Of each partition and second: its end, and what consumers commit of it, which they do less often the more there are. */
const bytesPerEnd = 30;
/** Beside the fault's own time: calm before it, the cluster's way back to health after it. */
const aroundMs = 300_000;
/** One record is a batch of its own then, and Kafka's limit for those is 1,048,588 bytes. */
const largestRecord = 1_000_000;

/**
 * Refuses a load whose drill could have no verdict: one that tells more than is kept, or whose records no broker takes.
 *
 * @throws KafkaHaError `invalid-usage`
 */
export function refuseLoad(load: DrillLoad, durationMs: number): void {
  const { partitions, ratePerSecond, recordBytes } = load;
  if (recordBytes > largestRecord)
    throw new KafkaHaError(
      'invalid-usage',
      `records of ${recordBytes} bytes are larger than a broker accepts`,
      {
        hint: `At most ${largestRecord} bytes each.`,
      },
    );
  const seconds = (durationMs + aroundMs) / 1000;
  const told = (partitions * ratePerSecond * bytesPerRecord + partitions * bytesPerEnd) * seconds;
  if (told <= keptBytes) return;
  const most = Math.floor((keptBytes / seconds - partitions * bytesPerEnd) / bytesPerRecord / partitions);
  throw new KafkaHaError(
    'invalid-usage',
    `a load of ${partitions * ratePerSecond} records per second writes up to ${mebibytes(told)} MiB of history in a drill of ${seconds} s, but only ${mebibytes(keptBytes)} MiB are kept`,
    { hint: `With ${partitions} partitions at most ${most} records per second and partition.` },
  );
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
