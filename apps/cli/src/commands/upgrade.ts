import { version } from '@kafka-ha/config/values';
import { KafkaHaError } from '@kafka-ha/base';
import type { UpgradeStep } from '@kafka-ha/operations';
import type { Command } from 'commander';
import { actor } from '../actor.ts';
import { deleteRecordsOption, targetCommand, valueOption, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & { kafka?: string; finalize?: boolean; deleteRecords?: boolean };

/**
 * `kafka-ha upgrade`: changes the versions in the cluster file and deploys it. The file is written once nothing speaks
 * against it, so that an upgrade that was cut off goes on with `kafka-ha deploy`.
 */
export function upgradeCommand(run: Run): Command {
  const kafka = 'version of the binaries, e.g. 3.9.2; the version of protocol or metadata stays';
  return targetCommand('upgrade', 'change the Kafka version; you can go back until it is finalized')
    .addOption(valueOption('--kafka <version>', kafka, version))
    .option(
      '--finalize',
      'raise the version of protocol or metadata to that of the binaries; there is no way back',
    )
    .addOption(deleteRecordsOption())
    .addHelpText('after', help)
    .action((_, self: Command) => upgrade(self.optsWithGlobals<Options>(), run));
}

async function upgrade(options: Options, { signal }: Run): Promise<void> {
  const step = stepOf(options);
  const { deploy, prepareUpgrade, replaceClusterFile } = await import('@kafka-ha/operations');
  const { readClusterFile } = await import('../load-spec.ts');
  const { loadTarget } = await import('../load-target.ts');
  const { showProgress } = await import('../output/show-progress.ts');
  const cluster = await loadTarget(options, signal);
  const { file, environment, deleteRecords = false } = options;
  const written = { file, text: await readClusterFile(options), ...(environment && { environment }) };
  const { text, spec } = await prepareUpgrade(cluster, step, written);
  await replaceClusterFile(file, written.text, text);
  await showProgress(deploy({ ...cluster, spec }, { deleteRecords, actor: actor() }), options);
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ versions: spec.versions }, null, 2)}\n`);
}

function stepOf({ kafka, finalize }: Options): UpgradeStep {
  if ((kafka === undefined) === (finalize !== true))
    throw new KafkaHaError('invalid-usage', 'upgrade takes either --kafka VERSION or --finalize');
  return kafka === undefined ? 'finalize' : { kafka };
}

const help = `
Changes \`versions\` in the cluster file and deploys it. Commit the file afterwards. Two steps, days apart:
  $ kafka-ha upgrade --kafka 4.4.0      the binaries, one pod at a time; to go back, name the former version
  $ kafka-ha upgrade --finalize         the protocol version or, with controllers, the metadata, once you are satisfied`;
