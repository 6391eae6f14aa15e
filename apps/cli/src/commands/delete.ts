import { KafkaHaError } from '@kafka-ha/base';
import type { Command } from 'commander';
import { actor } from '../actor.ts';
import { recycle } from '../recycle.ts';
import type { Terminal } from '../read-line.ts';
import { targetCommand, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & { yes?: boolean; volumes?: boolean; namespace?: boolean };

/** `kafka-ha delete`: says what it would remove and, with --yes or once a person has typed the cluster's name, removes it. */
export function deleteCommand(run: Run): Command {
  return targetCommand('delete', 'remove the cluster; its volumes stay unless --volumes is given')
    .option('--volumes', 'remove the volumes as well, and with them every record')
    .option('--namespace', 'with --volumes: remove the namespace as well, if nothing else lives in it')
    .option('--yes', 'remove it without asking')
    .addHelpText('after', help)
    .action((_, self: Command) => remove(self.optsWithGlobals<Options>(), run));
}

async function remove(options: Options, { signal }: Run): Promise<void> {
  const operations = await import('@kafka-ha/operations');
  const { kubeconfigPathOf, loadTarget } = await import('../load-target.ts');
  const { deletionLines, refText } = await import('../output/deletion-lines.ts');
  const { showProgress } = await import('../output/show-progress.ts');
  const { terminalOf } = await import('../read-line.ts');
  const { json = false, yes = false, volumes = false, namespace = false } = options;
  const cluster = await loadTarget(options, signal);
  const { name } = cluster.spec;
  const found = await operations.readDeletion(cluster);
  if (!operations.isDeleted(found, { volumes, namespace })) {
    const lines = deletionLines(cluster, found, { volumes, namespace });
    (json ? process.stderr : process.stdout).write(`${lines.join('\n')}\n\n`);
    if (!yes) await confirm(name, terminalOf(options, signal));
  }
  const deleting = operations.deleteCluster(cluster, {
    volumes,
    namespace,
    actor: actor(),
  });
  const { removed, kept } = await showProgress(deleting, options);
  if (volumes) await recycle(kubeconfigPathOf(options), signal);
  if (json) {
    const document = { deleted: name, removed: removed.map(refText), kept: kept.map(refText) };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else if (kept.length > 0)
    process.stdout.write(
      `\nThe volumes stay: a deployment of ${name} in this namespace uses them again. kafka-ha delete --volumes removes them.\n`,
    );
}

/** @throws KafkaHaError where nobody has typed the name. */
async function confirm(name: string, terminal: Terminal | undefined): Promise<void> {
  const { readLine } = await import('../read-line.ts');
  if (terminal === undefined)
    throw new KafkaHaError(
      'invalid-usage',
      'delete asks for the name of the cluster on a terminal, and there is none',
      {
        hint: 'Run the same with --yes to remove it. Nothing was changed.',
      },
    );
  if ((await readLine(`Type ${name} to remove it: `, terminal)) === name) return;
  throw new KafkaHaError('aborted', `${name} was not typed`, { hint: 'Nothing was changed.' });
}

const help = `
On a terminal it asks for the cluster's name; in a script it takes --yes. What an admin made (namespace, accounts, Roles) stays.
Safe to run again at any time: it removes what is left.`;
