import { writeFile } from 'node:fs/promises';
import {
  autosize as newSizes,
  editClusterFile,
  formatBytes,
  formatRate,
  parseDuration,
} from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/errors';
import { readUsage } from '@kafka-ha/operations';
import { readClusterFile } from '../load-spec.ts';
import { loadTarget } from '../load-target.ts';
import type { Run, TargetOptions } from '../program.ts';

export type AutosizeCommandOptions = TargetOptions & { watch: string; write?: boolean };

/** `kafka-ha autosize`: says which sizes of the file no longer fit what the cluster does and, with --write, puts them in. */
export async function autosize(options: AutosizeCommandOptions, { signal }: Run): Promise<void> {
  const watchMs = parseDuration(options.watch);
  if (watchMs === undefined || watchMs < 1_000)
    throw new KafkaHaError(
      'invalid-usage',
      `--watch takes a time from 1s, such as 30s, not ${options.watch}`,
    );
  const cluster = await loadTarget(options);
  const usage = await readUsage(cluster, { watchMs, signal });
  const { file, environment } = options;
  const text = await readClusterFile(options);
  const sizes = newSizes(text, { file, ...(environment !== undefined && { environment }) }, usage);
  const isWritten = options.write === true && sizes.edits.length > 0;
  if (isWritten) await writeFile(file, editClusterFile(text, sizes.edits, environment));
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ usage, ...sizes, written: isWritten }, null, 2)}\n`);
    return;
  }
  const seen = `${formatRate(usage.writtenBytesPerSecond)} written, ${formatBytes(usage.usedBytes)} on the fullest volume`;
  const lines = sizes.edits.length === 0 ? [`${file} fits: ${seen}`] : sizes.reasons;
  process.stdout.write(`${lines.join('\n')}\n`);
  if (sizes.edits.length > 0)
    process.stdout.write(isWritten ? `${file} says so now.\n` : `With --write ${file} says so, too.\n`);
}
