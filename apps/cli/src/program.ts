import { Command, Option } from 'commander';
import type { AutosizeCommandOptions } from './commands/autosize.ts';
import type { DrillCommandOptions } from './commands/drill.ts';
import type { RollCommandOptions } from './commands/roll.ts';
import type { ScaleCommandOptions } from './commands/scale.ts';
import type { DeployCommandOptions } from './commands/deploy.ts';
import type { UpgradeCommandOptions } from './commands/upgrade.ts';
import type { ExitCode } from './exit-codes.ts';

/** What every command gets beside its options: when to stop, and where to leave its exit code. */
export type Run = { signal: AbortSignal; outcome: { exitCode: ExitCode } };

export type FileOptions = { file: string; environment?: string; json?: boolean };
export type TargetOptions = FileOptions & { context?: string; kubeconfig?: string };

/**
 * The command line. A command's code is imported when it runs: `validate` and `render` would else wait for the
 * Kubernetes client that they do not use.
 */
export function buildProgram(run: Run): Command {
  const program = new Command('kafka-ha')
    .description('A highly available Kafka on Kubernetes from one file: proven, deployed, watched.')
    .version('0.1.0')
    .option('--json', 'print one JSON document for scripts; progress goes to stderr')
    .option('--verbose', 'with an error, print its causes and stack')
    .showHelpAfterError('(kafka-ha --help shows what there is)')
    .exitOverride()
    .addHelpText('after', examples);

  const command = (name: string, summary: string) =>
    program.command(name).summary(summary).description(summary).exitOverride();

  onFile(command('validate', 'check the cluster file; print its proof and its sizing'), false)
    .addHelpText('after', '\nExits with 1 where the file is refused. Reads nothing but the file.')
    .action(async (_, self: Command) => {
      const { validate } = await import('./commands/validate.ts');
      await validate(self.optsWithGlobals<FileOptions>());
    });

  onFile(command('render', 'print the Kubernetes objects as YAML'), false)
    .option('--admin', 'instead: what an admin makes beforehand for a deployer without cluster-admin')
    .addHelpText('after', '\nkafka-ha render --admin | kubectl apply -f -')
    .action(async (_, self: Command) => {
      const { render } = await import('./commands/render.ts');
      await render(self.optsWithGlobals<FileOptions & { admin?: boolean }>());
    });

  onFile(command('plan', 'say what deploy would change, restart and risk; change nothing'))
    .option('--markdown', 'as Markdown, for a pull request')
    .addHelpText('after', planHelp)
    .action(async (_, self: Command) => {
      const { plan } = await import('./commands/plan.ts');
      await plan(self.optsWithGlobals<TargetOptions & { markdown?: boolean }>(), run);
    });

  onFile(command('deploy', 'make the cluster what the file says, and show that it works'))
    .option('--plan <file>', 'only if it still is what `kafka-ha plan --json` has written to this file')
    .option(...deleteRecords)
    .addHelpText('after', '\nSafe to run again at any time: what is done already is left as it is.')
    .action(async (_, self: Command) => {
      const { deploy } = await import('./commands/deploy.ts');
      await deploy(self.optsWithGlobals<DeployCommandOptions>(), run);
    });

  onFile(command('roll', 'restart the pods that have changed, one at a time, without anybody noticing'))
    .option('--restart', 'also the pods that have not changed')
    .option('--broker <id>', 'with --restart: this broker alone')
    .addHelpText('after', rollHelp)
    .action(async (_, self: Command) => {
      const { roll } = await import('./commands/roll.ts');
      await roll(self.optsWithGlobals<RollCommandOptions>(), run);
    });

  onFile(command('upgrade', 'change the version of Kafka, with a way back until it is finalized'))
    .option('--kafka <version>', 'the binaries, e.g. 3.9.2; the protocol stays as it is')
    .option('--finalize', 'raise the protocol to that of the binaries: from here there is no way back')
    .option(...deleteRecords)
    .addHelpText('after', upgradeHelp)
    .action(async (_, self: Command) => {
      const { upgrade } = await import('./commands/upgrade.ts');
      await upgrade(self.optsWithGlobals<UpgradeCommandOptions>(), run);
    });

  onFile(command('health', 'read the live cluster and say what is wrong with it'))
    .addHelpText('after', '\nExits with 0 healthy, 1 not healthy, 2 could not tell.')
    .action(async (_, self: Command) => {
      const { health } = await import('./commands/health.ts');
      await health(self.optsWithGlobals<TargetOptions>(), run);
    });

  onFile(command('scale', 'add or remove brokers, moving the least that has to be moved'))
    .option('--brokers <count>', 'how many there are to be (default: as the cluster file says)')
    .option(
      '--tolerance <count>',
      'how many may be lost at once: every topic gets twice as many replicas, and one',
    )
    .option('--throttle <rate>', 'for what each broker takes, e.g. 20MB/s (default: from load and sizing)')
    .option('--yes', 'do it; without it the plan is printed and nothing is changed')
    .option('--plan', 'print the plan and change nothing, also with --yes')
    .option('--write', 'afterwards have the cluster file say the same')
    .option(...deleteRecords)
    .option('--abort', 'instead: cancel what an unfinished scale is moving, and remove its throttles')
    .addHelpText('after', scaleHelp)
    .action(async (_, self: Command) => {
      const { scale } = await import('./commands/scale.ts');
      await scale(self.optsWithGlobals<ScaleCommandOptions>(), run);
    });

  onFile(command('autosize', 'find sizes in the cluster file that no longer fit what the cluster does'))
    .option('--watch <time>', 'how long to measure what is written', '30s')
    .option('--write', 'put the new sizes into the cluster file, comments and order kept')
    .action(async (_, self: Command) => {
      const { autosize } = await import('./commands/autosize.ts');
      await autosize(self.optsWithGlobals<AutosizeCommandOptions>(), run);
    });

  onFile(command('bench', 'measure throughput, CPU and memory of the brokers at full speed'))
    .option('--duration <time>', 'how long to write', '180s')
    .option('--yes', 'write at full speed to a cluster that others may be using')
    .addHelpText(
      'after',
      '\nWrites 1 kB records with acks=all to a topic of its own, which it deletes afterwards.',
    )
    .action(async (_, self: Command) => {
      const { bench } = await import('./commands/bench.ts');
      await bench(self.optsWithGlobals<TargetOptions & { duration: string; yes?: boolean }>(), run);
    });

  onFile(command('drill', 'break the cluster on purpose, under load, and judge what users would have felt'))
    .argument('[fault...]', 'which faults; left out, those that a pull request is held to')
    .option('--all', 'every fault that this cluster lets happen')
    .option('--all-pairs', 'kill-two-brokers for every pair of brokers')
    .option('--rounds <count>', 'how many times over', '1')
    .option('--partitions <count>', 'of the topic that is written to', '20')
    .option('--rate <count>', 'records per second to each partition', '10')
    .option('--record-bytes <count>', 'size of a record', '200')
    .option('--duration <time>', 'of a fault that does not end by itself', '20s')
    .option('--report <folder>', 'where to write the report', 'drill-report')
    .option('--ledger <file>', 'to which every drill adds a line', 'drills.jsonl')
    .addHelpText('after', drillHelp)
    .action(async (faults: string[], _, self: Command) => {
      const { drill } = await import('./commands/drill.ts');
      await drill(faults, self.optsWithGlobals<DrillCommandOptions>(), run);
    });

  command('drills', 'what all drills so far have shown')
    .command('history')
    .summary('print the ledger, and the bound that it supports')
    .description('print the ledger, and the bound that it supports')
    .exitOverride()
    .option('--ledger <file>', 'the ledger', 'drills.jsonl')
    .action(async (_, self: Command) => {
      const { drillsHistory } = await import('./commands/drills-history.ts');
      await drillsHistory(self.optsWithGlobals<{ ledger: string; json?: boolean }>());
    });

  const local = command('local', 'a real Kubernetes cluster on this machine, for trying things out');
  for (const [verb, summary] of localVerbs) {
    const sub = local
      .command(verb)
      .summary(summary)
      .description(summary)
      .exitOverride()
      .option('--name <name>', 'which local cluster', 'kafka-ha');
    if (verb === 'up')
      sub
        .option('--workers <count>', 'worker nodes', '5')
        .option(
          '--kafka <versions>',
          'whose images it has, such as 3.8.1,3.9.2 for an upgrade (default: 3.9.2)',
        )
        .option('--zookeeper <versions>', 'whose images it has (default: 3.9.5)')
        .addOption(
          new Option('--provider <provider>', 'kind where Docker is, else nodes made of Linux namespaces')
            .choices(['auto', 'kind', 'namespaces'])
            .default('auto'),
        );
    sub.action(async (_, self: Command) => {
      const commands = await import('./commands/local.ts');
      await commands[verb](self.optsWithGlobals(), run);
    });
  }

  command('quickstart', 'from nothing to a healthy cluster on this machine')
    .option('--name <name>', 'which local cluster', 'kafka-ha')
    .option('-f, --file <path>', 'the cluster file', 'cluster.yaml')
    .option('-e, --environment <name>', 'which of its environments', 'local')
    .action(async (_, self: Command) => {
      const { quickstart } = await import('./commands/quickstart.ts');
      await quickstart(self.optsWithGlobals<FileOptions & { name: string }>(), run);
    });

  return program;
}

const localVerbs = [
  ['up', 'start it, building what is missing; quick when it is up already'],
  ['down', 'stop it and leave nothing but the cache'],
  ['status', 'say whether it runs, and how to reach it'],
] as const;

/** The options that say which cluster file and, unless the command is offline, which Kubernetes. */
function onFile(command: Command, online = true): Command {
  command
    .option('-f, --file <path>', 'the cluster file', 'cluster.yaml')
    .option('-e, --environment <name>', 'which of its environments');
  if (online)
    command
      .option('--context <name>', 'which context of the kubeconfig (default: its current one)')
      .addOption(new Option('--kubeconfig <path>', 'default: ~/.kube/config').env('KUBECONFIG'));
  return command;
}

const planHelp = `
Exits with 0 nothing to do, 3 something would change, 1 refused.

  $ kafka-ha plan --json > plan.json && kafka-ha deploy --plan plan.json`;

const upgradeHelp = `
Writes the cluster file's \`versions\` and deploys it: commit the file afterwards. Two steps, days apart:
  $ kafka-ha upgrade --kafka 3.9.2      every broker, one at a time; --kafka with the former version goes back
  $ kafka-ha upgrade --finalize         the protocol, once you are content`;

/** Of each command that may change how long records are kept. */
const deleteRecords = ['--delete-records', 'also where records would be deleted, as the plan says'] as const;

const rollHelp = `
ZooKeeper's servers first, then the brokers, the controller last. Each waits its turn until every replica of every
partition is in sync. A pod that fails on a new revision is put back on the former one, and the roll stops.

Safe to run again: pods that are done are left as they are. Ctrl-C ends it once the pod that is away is back.`;

const drillHelp = `
Faults: stop-broker, kill-broker, kill-controller, kill-zookeeper-leader, kill-two-brokers, lose-zookeeper-quorum,
pause-broker and, on a local cluster made of namespaces, crash-node, cut-node, cut-peers.

The load runs inside the cluster: writes at fixed times with acks=all, every record accounted for. Never more brokers
are taken than the file's tolerance, and only from a healthy cluster.

Exits with 0 all passed, 1 one failed, 2 no verdict.`;

const scaleHelp = `
Brokers are added before anything is moved to them, and removed, their volumes kept, once nothing is left on them.
Stopped half-way it can be run again, and goes on; or --abort leaves everything where it is.`;

const examples = `
A first look, on this machine, with nothing prepared:
  $ kafka-ha quickstart

Every day:
  $ kafka-ha validate                          is the promise kept? what does it cost?
  $ kafka-ha render | less                     what would be applied
  $ kafka-ha plan                              what would change, and who restarts
  $ kafka-ha deploy --environment staging      apply it, wait until it is healthy
  $ kafka-ha health --json | jq .findings      what is wrong now
  $ kafka-ha drill kill-two-brokers            what users would feel
  $ kafka-ha scale --brokers 6                 what would be moved; with --yes it is`;
