import { checkClusterFile, type CheckOptions } from '../check-cluster-file.ts';
import { parseClusterFile } from '../parse-cluster-file.ts';
import type { Spec } from '../spec.ts';
import { formatBytes, GIB } from '../units/bytes.ts';
import { formatDuration } from '../units/duration.ts';
import { formatRate } from '../units/rate.ts';
import { editClusterFile, type Edit } from './edit-cluster-file.ts';

/** What a cluster was seen to do. */
export type Usage = {
  /** Bytes per second that producers write, as they are in the log: compressed. */
  writtenBytesPerSecond: number;
  /** Of the fullest volume. */
  usedBytes: number;
};

export type NewSizes = {
  edits: Edit[];
  /** For each edit why. */
  reasons: string[];
};

/** A rate is raised when so much of it is used, to one of which so much is. */
const usedShare = { most: 0.8, afterwards: 0.6 };

/**
 * The sizes that a cluster file should have instead, by its own rule of sizing and what was measured: the ingest rate that
 * everything is sized for where it is nearly reached, and the volume that keeps records as long as now at that rate, and
 * that is no fuller than planned. Sizes only grow. None where the file fits.
 */
export function autosize(text: string, options: CheckOptions, usage: Usage): NewSizes {
  const { spec } = parseClusterFile(text, options);
  const sizes: NewSizes = { edits: [], reasons: [] };
  const measured = usage.writtenBytesPerSecond * spec.ingest.compression;
  if (measured > usedShare.most * spec.ingest.bytesPerSecond) {
    const rate = Math.ceil(measured / usedShare.afterwards / 1e6);
    sizes.edits.push({ path: ['ingest', 'rate'], value: `${rate}MB/s` });
    sizes.reasons.push(
      `ingest.rate ${formatRate(spec.ingest.bytesPerSecond)} → ${rate}MB/s: producers write ${formatRate(measured)}, more than ${usedShare.most * 100} % of it`,
    );
  }
  const fuller = usage.usedBytes / spec.sizing.peakDiskBytes;
  const size = leastSize(text, options, { spec, rates: sizes.edits, fuller });
  if (size * GIB > spec.storage.sizeBytes) {
    sizes.edits.push({ path: ['storage', 'size'], value: `${size}Gi` });
    sizes.reasons.push(
      fuller > 1
        ? `storage.size ${formatBytes(spec.storage.sizeBytes)} → ${size}Gi: the fullest volume holds ${formatBytes(usage.usedBytes)}, but should hold at most ${formatBytes(spec.sizing.peakDiskBytes)}`
        : `storage.size ${formatBytes(spec.storage.sizeBytes)} → ${size}Gi: it keeps records for ${formatDuration(spec.sizing.retentionSeconds * 1000)} at that rate, as now`,
    );
  }
  return sizes;
}

/** In whole GiB; a file that is not accepted for other reasons than its size is left at the size that it has. */
function leastSize(
  text: string,
  options: CheckOptions,
  { spec, rates, fuller }: { spec: Spec; rates: readonly Edit[]; fuller: number },
): number {
  const now = Math.ceil(spec.storage.sizeBytes / GIB);
  if (rates.length === 0 && fuller <= 1) return now;
  const least = Math.ceil(now * Math.max(1, fuller));
  const retentionWith = (gib: number) => {
    const edits = [...rates, { path: ['storage', 'size'] as const, value: `${gib}Gi` }];
    const result = checkClusterFile(editClusterFile(text, edits, options.environment), options);
    return result.kind === 'ok' ? result.spec.sizing.retentionSeconds : 0;
  };
  const isEnough = (gib: number) => retentionWith(gib) >= spec.sizing.retentionSeconds;
  return leastThat(isEnough, least, least * mostTimes) ?? now;
}

/** The least whole number of a range that holds, where all above it do too; undefined where none does. */
function leastThat(holds: (number: number) => boolean, from: number, to: number): number | undefined {
  let [tooLittle, enough] = [from - 1, from];
  while (!holds(enough)) {
    if (enough === to) return undefined;
    [tooLittle, enough] = [enough, Math.min(to, 2 * enough)];
  }
  while (enough - tooLittle > 1) {
    const middle = Math.floor((tooLittle + enough) / 2);
    if (holds(middle)) enough = middle;
    else tooLittle = middle;
  }
  return enough;
}

/** Twice the rate needs about twice the volume; what needs more than this is for a person to decide. */
const mostTimes = 8;
