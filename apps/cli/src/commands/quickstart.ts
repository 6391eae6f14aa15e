import { existsSync } from 'node:fs';
import { count } from '@kafka-ha/base';
import { clusterFileNames, defaultClusterFile } from '@kafka-ha/config/values';
import type { FaultName } from '@kafka-ha/drills';
import { Option, type Command } from 'commander';
import { actor } from '../actor.ts';
import { exitCodes } from '../exit-codes.ts';
import { fileOption, newCommand, type FileOptions, type Run } from '../options.ts';

type Options = FileOptions & { name: string; mode?: keyof typeof fileOfMode };

const shownFaults: readonly FaultName[] = ['kill-broker', 'kill-two-brokers'];
/** The repository's own examples. */
const fileOfMode = { zookeeper: 'cluster.yaml', kraft: 'cluster.kraft.yaml' } as const;

const report = 'drill-report';
const ledger = 'drills.jsonl';

/**
 * `kafka-ha quickstart`: a local Kubernetes, the cluster of the file on it, its health, what users feel when one broker
 * and then two are killed, and what to try next. Where no file is named and there is none, it writes one as `init` does.
 */
export function quickstartCommand(run: Run): Command {
  return newCommand('quickstart', 'from nothing to a healthy cluster on this machine')
    .option('--name <name>', 'name of the local cluster', 'kafka-ha')
    .addOption(fileOption())
    .option('-e, --environment <name>', 'environment of the cluster file', 'local')
    .addOption(
      new Option('--mode <mode>', "who keeps Kafka's metadata, in the example that is deployed")
        .choices(Object.keys(fileOfMode))
        .conflicts('file'),
    )
    .action(async (_, self: Command) => {
      const options = self.optsWithGlobals<Options>();
      const isNamed = self.getOptionValueSource('file') === 'cli';
      await quickstart({ ...options, file: isNamed ? options.file : await fileThere(options) }, run);
    });
}

/** The repository's example, or the file that is there; else a new one. */
async function fileThere({ file, mode, environment }: Options): Promise<string> {
  const wanted = mode === undefined ? file : fileOfMode[mode];
  if (existsSync(wanted)) return wanted;
  const { withDefaults } = await import('../init/answers.ts');
  const { newFiles, refuseFormer } = await import('../init/new-files.ts');
  const { loadSpec } = await import('../load-spec.ts');
  // What a run before this one has written.
  const [own] = clusterFileNames;
  if (existsSync(own) && (await loadSpec({ file: own, environment })).spec.mode === mode) return own;
  await refuseFormer('.', false);
  const { writeNewFiles } = await import('../init/write-new-files.ts');
  const [clusterFile] = newFiles(withDefaults({ mode }), false);
  await writeNewFiles('.', [clusterFile!]);
  process.stdout.write(`wrote ${clusterFile!.path}\n`);
  return clusterFile!.path;
}

async function quickstart(options: Options, { signal, outcome }: Run): Promise<void> {
  const { assess } = await import('@kafka-ha/health');
  const { openKube } = await import('@kafka-ha/kube');
  const { localClusterFor, upLocalCluster } = await import('@kafka-ha/local-cluster');
  const { defaultLoad, planDrills, possibleFaults, readLedger } = await import('@kafka-ha/drills');
  const { deploy } = await import('@kafka-ha/operations');
  const { readState } = await import('@kafka-ha/cluster');
  const { withExporter } = await import('@kafka-ha/exporter');
  const { components, quorumComponentOf } = await import('@kafka-ha/manifests');
  const { drillExitCodes, runDrills } = await import('../drills/run-drills.ts');
  const { loadSpec } = await import('../load-spec.ts');
  const { colorsOf } = await import('../output/colors.ts');
  const { printVerdict } = await import('../output/print-verdict.ts');
  const { showProgress } = await import('../output/show-progress.ts');
  const { environment, file, name } = options;
  const { bold, dim } = colorsOf(process.stdout);
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const { spec } = await loadSpec({ file, ...(environment === undefined ? {} : { environment }) });

  say(bold('\nA real Kubernetes on this machine'));
  const { kubeconfigPath } = await showProgress(
    upLocalCluster({ name, ...localClusterFor(spec), provider: 'auto', signal }),
    {},
  );

  const quorum = components[quorumComponentOf(spec)];
  say(
    bold(
      `\n${count(spec.brokers, 'Kafka broker')} and ${count(quorum.wanted(spec).pods, quorum.noun)} on it, from ${file}`,
    ),
  );
  const cluster = { spec: await withExporter(spec), kube: openKube({ kubeconfigPath }), signal };
  await showProgress(deploy(cluster, { actor: actor() }), {});

  say('');
  const verdict = assess(spec, await readState(cluster));
  printVerdict(spec, verdict, process.stdout);
  if (verdict.status !== 'healthy') {
    outcome.exitCode = exitCodes.failed;
    return;
  }

  const faults = possibleFaults(spec, false).filter((name) => shownFaults.includes(name));
  say(
    bold(`\nBrokers are killed under load, ${faults.length === 1 ? 'one' : 'first one, then two at once'}`),
  );
  const { entries } = await readLedger(ledger);
  const drills = planDrills(spec, { faults, rounds: 1, allPairs: false }, entries);
  const shown = await runDrills(
    cluster,
    { drills, load: defaultLoad, durationMs: 20_000 },
    { report, ledger },
  );
  outcome.exitCode = drillExitCodes[shown];

  const target = `${file === defaultClusterFile(existsSync) ? '' : ` -f ${file}`} -e ${environment ?? 'local'}`;
  const { length } = `validate${target} `;
  const command = (text: string, does: string) => `  npx kafka-ha ${text.padEnd(length)} ${dim(does)}`;
  say(`
${bold('What to try next')}
  export KUBECONFIG=${kubeconfigPath}
${command(`validate${target}`, 'the proof, and what it costs')}
${command(`deploy${target}`, 'again: nothing to change')}
${command(`drill${target}`, 'the five faults that gate a pull request')}
${command(`health${target}`, 'read the cluster as it is now')}
${command(`local down${name === 'kafka-ha' ? '' : ` --name ${name}`}`, 'stop it, leave nothing behind')}`);
}
