import type { Command } from 'commander';
import { autosizeCommand } from './commands/autosize.ts';
import { benchCommand } from './commands/bench.ts';
import { clientCommand } from './commands/client.ts';
import { completionCommand } from './commands/completion.ts';
import { consumeCommand } from './commands/consume.ts';
import { deleteCommand } from './commands/delete.ts';
import { deployCommand } from './commands/deploy.ts';
import { drillCommand } from './commands/drill.ts';
import { drillsCommand } from './commands/drills.ts';
import { electCommand } from './commands/elect.ts';
import { groupsCommand } from './commands/groups.ts';
import { healthCommand } from './commands/health.ts';
import { initCommand } from './commands/init.ts';
import { kubeconfigCommand } from './commands/kubeconfig.ts';
import { localCommand } from './commands/local.ts';
import { migrateCommand } from './commands/migrate.ts';
import { planCommand } from './commands/plan.ts';
import { produceCommand } from './commands/produce.ts';
import { quickstartCommand } from './commands/quickstart.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { renderCommand } from './commands/render.ts';
import { rollCommand } from './commands/roll.ts';
import { scaleCommand } from './commands/scale.ts';
import { topicsCommand } from './commands/topics.ts';
import { upgradeCommand } from './commands/upgrade.ts';
import { validateCommand } from './commands/validate.ts';
import { newCommand, type Run } from './options.ts';
import { ownVersion } from './own-package.ts';

/** In the order of the help. */
const commands = [
  initCommand,
  validateCommand,
  renderCommand,
  kubeconfigCommand,
  planCommand,
  deployCommand,
  rollCommand,
  upgradeCommand,
  migrateCommand,
  healthCommand,
  clientCommand,
  produceCommand,
  consumeCommand,
  topicsCommand,
  groupsCommand,
  scaleCommand,
  electCommand,
  rebuildCommand,
  autosizeCommand,
  deleteCommand,
  benchCommand,
  drillCommand,
  drillsCommand,
  localCommand,
  quickstartCommand,
  completionCommand,
];

/**
 * The command line. A command declares its options when this is called, and imports what it works with when it runs:
 * `validate` and `render` would else wait for the Kubernetes client that they do not use.
 */
export function buildProgram(run: Run): Command {
  const program = newCommand(
    'kafka-ha',
    'A highly available Kafka on Kubernetes from one file: proven, deployed, drilled.',
  )
    .version(ownVersion())
    .option('--json', 'print one JSON document for scripts; progress goes to stderr')
    .option('--verbose', 'print the causes and stack of an error')
    .addHelpText('after', examples);
  for (const command of commands) program.addCommand(command(run));
  return program;
}

const examples = `
A first look, on this machine, with nothing prepared:
  $ kafka-ha quickstart

A cluster of your own:
  $ kafka-ha init                              its cluster file, and workflows that deploy it

Every day:
  $ kafka-ha validate                          is the promise kept? what does it cost?
  $ kafka-ha render | less                     what would be applied
  $ kafka-ha plan                              what would change, and who restarts
  $ kafka-ha deploy --environment staging      apply it, wait until it is healthy
  $ kafka-ha health --json | jq .findings      what is wrong now
  $ kafka-ha produce events --message hello    an event goes in
  $ kafka-ha consume events --from-beginning   events come out
  $ kafka-ha topics                            what there is, and how large; groups: who reads it
  $ kafka-ha drill kill-two-brokers            what users would feel
  $ kafka-ha scale --brokers 6                 what would be moved; --yes does it`;
