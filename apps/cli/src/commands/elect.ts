import type { Command } from 'commander';
import { actor } from '../actor.ts';
import { targetCommand, type Run, type TargetOptions } from '../options.ts';

/** `kafka-ha elect`. */
export function electCommand(run: Run): Command {
  return targetCommand('elect', 'give every partition back to its preferred leader')
    .addHelpText('after', help)
    .action((_, self: Command) => elect(self.optsWithGlobals<TargetOptions>(), run));
}

async function elect(options: TargetOptions, { signal }: Run): Promise<void> {
  const operations = await import('@kafka-ha/operations');
  const { loadTarget } = await import('../load-target.ts');
  const { showProgress } = await import('../output/show-progress.ts');
  const cluster = await loadTarget(options, signal);
  const elected = await showProgress(operations.elect(cluster, { actor: actor() }), options);
  if (options.json === true) process.stdout.write(`${JSON.stringify({ elected }, null, 2)}\n`);
}

const help = `
A broker that was away leads nothing at first, and the others carry its load. This moves the leaders back, a few at a time, and
restarts nothing. deploy, roll and scale do it by themselves.

Exit codes: 0 every preferred leader leads, 1 one of them is not in sync.`;
