import { count } from '@kafka-ha/base';
import type { FaultName } from '@kafka-ha/drills';
import type { Command } from 'commander';
import { actor } from '../actor.ts';
import { exitCodes } from '../exit-codes.ts';
import { newCommand, type FileOptions, type Run } from '../options.ts';

type Options = FileOptions & { name: string };

const shownFaults: readonly FaultName[] = ['kill-broker', 'kill-two-brokers'];
const report = 'drill-report';
const ledger = 'drills.jsonl';

/**
 * `kafka-ha quickstart`: a local Kubernetes, the cluster of the file on it, its health, what users feel when one broker
 * and then two are killed, and what to try next.
 */
export function quickstartCommand(run: Run): Command {
  return newCommand('quickstart', 'from nothing to a healthy cluster on this machine')
    .option('--name <name>', 'name of the local cluster', 'kafka-ha')
    .option('-f, --file <path>', 'the cluster file', 'cluster.yaml')
    .option('-e, --environment <name>', 'environment of the cluster file', 'local')
    .action((_, self: Command) => quickstart(self.optsWithGlobals<Options>(), run));
}

async function quickstart(options: Options, { signal, outcome }: Run): Promise<void> {
  const { assess } = await import('@kafka-ha/health');
  const { openKube } = await import('@kafka-ha/kube');
  const { upLocalCluster } = await import('@kafka-ha/local-cluster');
  const { defaultLoad, planDrills, possibleFaults, readLedger } = await import('@kafka-ha/drills');
  const { deploy } = await import('@kafka-ha/operations');
  const { readState } = await import('@kafka-ha/cluster');
  const { drillExitCodes, runDrills } = await import('../drills/run-drills.ts');
  const { loadSpec } = await import('../load-spec.ts');
  const { colorsOf } = await import('../output/colors.ts');
  const { printVerdict } = await import('../output/print-verdict.ts');
  const { showProgress } = await import('../output/show-progress.ts');
  const { file, environment, name } = options;
  const { bold, dim } = colorsOf(process.stdout);
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const { spec } = await loadSpec({ file, ...(environment === undefined ? {} : { environment }) });

  say(bold('\nA real Kubernetes on this machine'));
  const workers = Math.max(spec.brokers, spec.zookeeper.servers);
  const { kubeconfigPath } = await showProgress(
    upLocalCluster({ name, workers, provider: 'auto', signal }),
    {},
  );

  say(
    bold(
      `\n${count(spec.brokers, 'Kafka broker')} and ${count(spec.zookeeper.servers, 'ZooKeeper server')} on it, from ${file}`,
    ),
  );
  const cluster = { spec, kube: openKube({ kubeconfigPath }) };
  await showProgress(deploy(cluster, { actor: actor(), signal }), {});

  say('');
  const verdict = assess(spec, await readState(cluster, { signal }));
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
    { drills, load: defaultLoad, durationMs: 20_000, signal },
    { report, ledger },
  );
  outcome.exitCode = drillExitCodes[shown];

  say(`
${bold('What to try next')}
  export KUBECONFIG=${kubeconfigPath}
  npx kafka-ha validate -e ${environment ?? 'local'}        ${dim('the proof, and what it costs')}
  npx kafka-ha deploy -e ${environment ?? 'local'}          ${dim('again: nothing to change')}
  npx kafka-ha drill -e ${environment ?? 'local'}           ${dim('the five faults that gate a pull request')}
  npx kafka-ha health -e ${environment ?? 'local'}          ${dim('read the cluster as it is now')}
  npx kafka-ha local down${name === 'kafka-ha' ? '' : ` --name ${name}`}               ${dim('stop it, leave nothing behind')}`);
}
