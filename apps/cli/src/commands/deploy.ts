import type { Command } from 'commander';
import { actor } from '../actor.ts';
import { deleteRecordsOption, targetCommand, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & { plan?: string; deleteRecords?: boolean };

/** `kafka-ha deploy`. */
export function deployCommand(run: Run): Command {
  return targetCommand('deploy', 'make the cluster what the file says, and check that it works')
    .option('--plan <file>', 'deploy only what `kafka-ha plan --json` wrote to this file, or nothing')
    .addOption(deleteRecordsOption())
    .addHelpText('after', '\nSafe to run again at any time: steps that are already done are skipped.')
    .action((_, self: Command) => deploy(self.optsWithGlobals<Options>(), run));
}

async function deploy(options: Options, { signal }: Run): Promise<void> {
  const operations = await import('@kafka-ha/operations');
  const { loadTarget } = await import('../load-target.ts');
  const { showProgress } = await import('../output/show-progress.ts');
  const { plan, deleteRecords = false } = options;
  const reviewed = plan === undefined ? undefined : await operations.readPlan(plan);
  const cluster = await loadTarget(options, signal);
  await showProgress(
    operations.deploy(cluster, {
      ...(reviewed && { reviewed }),
      deleteRecords,
      actor: actor(),
    }),
    options,
  );
  const { name, namespace, brokers } = cluster.spec;
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ deployed: { name, namespace, brokers } }, null, 2)}\n`);
}
