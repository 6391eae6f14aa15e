import { duration } from '@kafka-ha/config/values';
import type { Command } from 'commander';
import { targetCommand, valueOption, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & { watch: number; write?: boolean };

/** `kafka-ha autosize`: says which sizes of the file no longer fit what the cluster does, and what its consumers need, and, with --write, puts them in. */
export function autosizeCommand(run: Run): Command {
  const time = duration({ least: 1_000 });
  return targetCommand(
    'autosize',
    'find sizes in the cluster file (rate, brokers, CPU, memory, volumes, retention) that no longer fit the measured use',
  )
    .addOption(valueOption('--watch <time>', 'how long to measure', time, '30s'))
    .option('--write', 'write the new sizes to the cluster file, keeping comments and order')
    .action((_, self: Command) => autosize(self.optsWithGlobals<Options>(), run));
}

async function autosize(options: Options, { signal }: Run): Promise<void> {
  const operations = await import('@kafka-ha/operations');
  const { loadTarget } = await import('../load-target.ts');
  const { showProgress } = await import('../output/show-progress.ts');
  const { file, environment, watch: watchMs, write = false } = options;
  const cluster = await loadTarget(options, signal);
  const operation = operations.autosize(cluster, { file, environment, watchMs, write });
  const { plainText } = await import('../output/plain-text.ts');
  const { usage, edits, reasons, remarks, written } = await showProgress(operation, options);
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ usage, edits, reasons, remarks, written }, null, 2)}\n`);
    return;
  }
  const end = written ? `${file} has been updated.` : `--write updates ${file}.`;
  const lines = edits.length === 0 ? [`${file} fits.`] : [...reasons, end];
  process.stdout.write([...remarks, ...lines].map((line) => `${plainText(line)}\n`).join(''));
}
