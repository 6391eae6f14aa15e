import { duration } from '@kafka-ha/config/values';
import type { BenchResult } from '@kafka-ha/drills';
import type { Command } from 'commander';
import { actor } from '../actor.ts';
import { exitCodes } from '../exit-codes.ts';
import { targetCommand, valueOption, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & { duration: number; yes?: boolean };

/** `kafka-ha bench`: exits with 1 where a pod restarted or was killed for memory, or a write was refused for good. */
export function benchCommand(run: Run): Command {
  const time = duration({ least: 10_000, most: 3_600_000 });
  return targetCommand('bench', 'measure throughput, CPU and memory of the brokers at full speed')
    .addOption(valueOption('--duration <time>', 'how long to write', time, '180s'))
    .option('--yes', 'run it even if others are using the cluster')
    .addHelpText(
      'after',
      '\nWrites 1 kB records with acks=all to a topic of its own, which it deletes afterwards.',
    )
    .action((_, self: Command) => bench(self.optsWithGlobals<Options>(), run));
}

async function bench(options: Options, { signal, outcome }: Run): Promise<void> {
  const operations = await import('@kafka-ha/drills');
  const { loadTarget } = await import('../load-target.ts');
  const { printBench } = await import('../output/print-bench.ts');
  const { showProgress } = await import('../output/show-progress.ts');
  const cluster = await loadTarget(options, signal);
  const { duration: durationMs, yes: evenIfBusy = false } = options;
  const result = await showProgress(
    operations.bench(cluster, { durationMs, evenIfBusy, actor: actor() }),
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
