import { bench as benchCluster, type BenchResult } from '@kafka-ha/operations';
import { actor } from '../actor.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadTarget } from '../load-target.ts';
import { duration } from '../option-values.ts';
import { printBench } from '../output/print-bench.ts';
import { showProgress } from '../output/show-progress.ts';
import type { Run, TargetOptions } from '../program.ts';

/** `kafka-ha bench`: exits with 1 where a pod restarted or was killed for memory, or a write was refused for good. */
export async function bench(
  options: TargetOptions & { duration: string; yes?: boolean },
  { signal, outcome }: Run,
): Promise<void> {
  const durationMs = duration('--duration', options.duration, { least: 10_000, most: 3_600_000 });
  const cluster = await loadTarget(options);
  const result = await showProgress(
    benchCluster(cluster, { durationMs, evenIfBusy: options.yes === true, actor: actor(), signal }),
    options,
  );
  // Kibibytes, whatever the operating system counts in.
  const toolPeakBytes = process.resourceUsage().maxRSS * 1024;
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ ...result, toolPeakBytes }, null, 2)}\n`);
  else printBench(result, toolPeakBytes, process.stdout);
  if (!held(result)) outcome.exitCode = exitCodes.failed;
}

function held({ pods, failedRecords }: BenchResult): boolean {
  return failedRecords === 0 && pods.every(({ restarts, oomKills }) => restarts === 0 && oomKills === 0);
}
