import { parseDuration } from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/errors';
import { bench as benchCluster, type BenchResult } from '@kafka-ha/operations';
import { actor } from '../actor.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadTarget } from '../load-target.ts';
import { printBench } from '../output/print-bench.ts';
import { showProgress } from '../output/show-progress.ts';
import type { Run, TargetOptions } from '../program.ts';

/** `kafka-ha bench`: exits with 1 where a pod restarted or was killed for memory, or a write was refused for good. */
export async function bench(
  options: TargetOptions & { duration: string; yes?: boolean },
  { signal, outcome }: Run,
): Promise<void> {
  const durationMs = durationOf(options.duration);
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

const shortestMs = 10_000;
const longestMs = 3_600_000;

function durationOf(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs === undefined || durationMs < shortestMs || durationMs > longestMs)
    throw new KafkaHaError(
      'invalid-usage',
      `--duration takes a time from 10s to 1h, such as 90s or 5m, not ${text}`,
    );
  return durationMs;
}
