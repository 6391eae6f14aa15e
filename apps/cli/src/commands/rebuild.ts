import { controllerOrdinal } from '@kafka-ha/config/values';
import type { Command } from 'commander';
import { actor } from '../actor.ts';
import { targetCommand, valueOption, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & { controller: number };

/** `kafka-ha rebuild`. */
export function rebuildCommand(run: Run): Command {
  const which = valueOption(
    '--controller <number>',
    'which one, as in the name of its pod',
    controllerOrdinal,
  );
  return targetCommand('rebuild', 'give a controller that has lost its volume back to the quorum (KRaft)')
    .addOption(which.makeOptionMandatory())
    .addHelpText('after', help)
    .action((_, self: Command) => rebuild(self.optsWithGlobals<Options>(), run));
}

async function rebuild(options: Options, { signal }: Run): Promise<void> {
  const operations = await import('@kafka-ha/operations');
  const { loadTarget } = await import('../load-target.ts');
  const { showProgress } = await import('../output/show-progress.ts');
  const cluster = await loadTarget(options, signal);
  const { controller } = options;
  await showProgress(operations.rebuild(cluster, { controller, actor: actor() }), options);
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ rebuilt: { controller } }, null, 2)}\n`);
}

const help = `
An empty volume of a controller is not formatted by itself once the quorum has formed. This formats it, after the active
controller has shown that a majority without it has all that was ever acknowledged, and waits until it has copied that.

Safe to run again at any time: where the controller is whole, nothing happens to it.`;
