import { parseDuration } from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/errors';
import { autosize as autosizeCluster } from '@kafka-ha/operations';
import { loadTarget } from '../load-target.ts';
import { showProgress } from '../output/show-progress.ts';
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
  const { file, environment, write = false } = options;
  const operation = autosizeCluster(await loadTarget(options), { file, environment, watchMs, write, signal });
  const { usage, edits, reasons, written } = await showProgress(operation, options);
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ usage, edits, reasons, written }, null, 2)}\n`);
    return;
  }
  const end = written ? `${file} says so now.` : `With --write ${file} says so, too.`;
  const lines = edits.length === 0 ? [`${file} fits.`] : [...reasons, end];
  process.stdout.write(`${lines.join('\n')}\n`);
}
