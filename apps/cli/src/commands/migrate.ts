import { KafkaHaError } from '@kafka-ha/base';
import type { Direction } from '@kafka-ha/planning';
import type { Command } from 'commander';
import { actor } from '../actor.ts';
import { recycle } from '../recycle.ts';
import { targetCommand, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & {
  back?: boolean;
  finalize?: boolean;
  plan?: boolean;
  write?: boolean;
  backup?: string;
};

/** `kafka-ha migrate`: from ZooKeeper to KRaft, and back. */
export function migrateCommand(run: Run): Command {
  return targetCommand('migrate', 'move from ZooKeeper to KRaft; you can go back until it is finalized')
    .option('--back', 'instead: go back to ZooKeeper, from any step but the last')
    .option('--finalize', 'instead: the last step, which gives up ZooKeeper; there is no way back')
    .option('--plan', 'only print what it would do')
    .option('--write', 'update the cluster file afterwards')
    .option(
      '--backup <file>',
      'where what ZooKeeper holds is written before the first step (default: kafka-ha-backup-NAMESPACE-NAME.json)',
    )
    .addHelpText('after', help)
    .action((_, self: Command) => migrate(self.optsWithGlobals<Options>(), run));
}

async function migrate(options: Options, { signal }: Run): Promise<void> {
  const direction = directionOf(options);
  const operations = await import('@kafka-ha/operations');
  const { readClusterFile } = await import('../load-spec.ts');
  const { kubeconfigPathOf, loadTarget } = await import('../load-target.ts');
  const { showProgress } = await import('../output/show-progress.ts');
  const cluster = await loadTarget(options, signal);
  if (options.plan === true) {
    const { migrationPlanText } = await import('@kafka-ha/report');
    const plan = await operations.planMigration(cluster, { direction });
    process.stdout.write(
      options.json === true ? `${JSON.stringify(plan, null, 2)}\n` : `${migrationPlanText(plan)}\n`,
    );
    return;
  }
  const text = await readClusterFile(options);
  const backup = options.backup ?? operations.backupFileOf(cluster.spec);
  const migrated = await showProgress(
    operations.migrate(cluster, { direction, backup, actor: actor() }),
    options,
  );
  if (direction === 'back') await recycle(kubeconfigPathOf(options), signal);
  const written = await writeMode();
  if (options.json === true) process.stdout.write(`${JSON.stringify({ migrated }, null, 2)}\n`);
  else process.stdout.write(`\n${written}\n`);

  async function writeMode(): Promise<string> {
    const { mode } = migrated;
    const { file, environment, write } = options;
    if (mode === cluster.spec.mode) return `${file} says mode: ${mode}, as it is.`;
    if (write !== true)
      return `${file} does not say mode: ${mode} yet, and the next deploy will refuse it: change it, or run the same with --write.`;
    const changed = operations.withMode(
      text,
      { spec: cluster.spec, mode },
      { file, ...(environment && { environment }) },
    );
    if ('problems' in changed)
      return [
        `${file} is not updated. Write mode: ${mode}, and take out what has no meaning with it:`,
        ...changed.problems,
      ].join('\n  ');
    await operations.replaceClusterFile(file, text, changed.text);
    return `${file} has been updated: commit it.`;
  }
}

function directionOf({ back = false, finalize = false }: Options): Direction {
  if (back && finalize) throw new KafkaHaError('invalid-usage', 'migrate takes either --back or --finalize');
  return back ? 'back' : finalize ? 'finalize' : 'forward';
}

const help = `
Three steps, each begun on purpose; between them the cluster serves as ever:
  $ kafka-ha migrate --plan       what it would do, and what stands in the way
  $ kafka-ha migrate              controllers copy ZooKeeper and take over, the brokers follow, one at a time;
                                  everything is written to ZooKeeper as well, for as long as you like
  $ kafka-ha migrate --back       back to ZooKeeper; also from the middle of the former
  $ kafka-ha migrate --finalize   gives up ZooKeeper, days later; then Kafka 4 by kafka-ha upgrade

If it is interrupted, run it again to continue. See docs/migration.md for what can go wrong.`;
