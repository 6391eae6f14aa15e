import { brokerCount, rate, toleranceCount } from '@kafka-ha/config/values';
import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import type { Spec } from '@kafka-ha/config';
import type { Command } from 'commander';
import { actor } from '../actor.ts';
import { deleteRecordsOption, targetCommand, valueOption, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & {
  brokers?: number;
  tolerance?: number;
  throttle?: number;
  plan?: boolean;
  yes?: boolean;
  write?: boolean;
  abort?: boolean;
  deleteRecords?: boolean;
};

/** `kafka-ha scale`: prints a plan or, with --yes, does it. */
export function scaleCommand(run: Run): Command {
  const brokers = 'wanted number of brokers (default: as in the cluster file)';
  const tolerance = 'how many brokers may be lost at once; every topic gets 2 × this + 1 replicas';
  const throttle = 'limit for the data moved to each broker, e.g. 20MB/s (default: from load and sizing)';
  return targetCommand('scale', 'add or remove brokers, moving as little as possible')
    .addOption(valueOption('--brokers <count>', brokers, brokerCount))
    .addOption(valueOption('--tolerance <count>', tolerance, toleranceCount))
    .addOption(valueOption('--throttle <rate>', throttle, rate))
    .option('--yes', 'carry out the plan; without it, only print it')
    .option('--plan', 'only print the plan, even with --yes')
    .option('--write', 'update the cluster file afterwards')
    .addOption(deleteRecordsOption())
    .option('--abort', 'instead: cancel the moves in progress and remove all throttles')
    .addHelpText('after', help)
    .action((_, self: Command) => scale(self.optsWithGlobals<Options>(), run));
}

async function scale(options: Options, { signal }: Run): Promise<void> {
  const { brokerEdits, editClusterFile } = await import('@kafka-ha/config');
  const operations = await import('@kafka-ha/operations');
  const { readClusterFile } = await import('../load-spec.ts');
  const { loadTarget, targetOf } = await import('../load-target.ts');
  const { printScalePlan } = await import('../output/print-scale-plan.ts');
  const { showProgress } = await import('../output/show-progress.ts');
  if (options.abort === true) {
    const cluster = await loadTarget(options, signal);
    await showProgress(operations.abortScale(cluster, { actor: actor() }), options);
    const { name, namespace } = cluster.spec;
    if (options.json === true)
      process.stdout.write(`${JSON.stringify({ aborted: { name, namespace } }, null, 2)}\n`);
    return;
  }
  const text = await readClusterFile(options);
  const { brokers, tolerance, throttle: throttleBytesPerSecond } = options;
  const edits = brokerEdits({ brokers, tolerance });
  const wanted = editClusterFile(text, edits, options.environment);
  const spec = await wantedSpec(wanted, options);
  const cluster = await targetOf(spec, options, signal);
  const common = {
    toleranceIsSaid: tolerance !== undefined,
    deleteRecords: options.deleteRecords === true,
    ...(throttleBytesPerSecond !== undefined && { throttleBytesPerSecond }),
  };
  if (options.yes !== true || options.plan === true) {
    const plan = await showProgress(operations.scalePlan(cluster, common), options);
    if (options.json === true) process.stdout.write(`${JSON.stringify(plan, null, 2)}\n`);
    else printScalePlan(spec, plan, process.stdout);
    return;
  }
  await showProgress(operations.scale(cluster, { ...common, actor: actor() }), options);
  const isSaid = wanted === text;
  if (!isSaid && options.write === true) await operations.replaceClusterFile(options.file, text, wanted);
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ scaled: described(spec) }, null, 2)}\n`);
  else if (!isSaid) process.stdout.write(`\n${whereTheTruthIs(options)}\n`);
}

function described({ name, namespace, brokers, tolerance }: Spec) {
  return { name, namespace, brokers, tolerance };
}

function whereTheTruthIs({ file, write }: Options): string {
  return write === true
    ? `${file} has been updated: commit it.`
    : `${file} is not updated yet, and the next deploy will refuse it: change it, or run the same with --write.`;
}

async function wantedSpec(text: string, { file, environment }: Options): Promise<Spec> {
  const { parseClusterFile } = await import('@kafka-ha/config');
  try {
    return parseClusterFile(text, { file, ...(environment !== undefined && { environment }) }).spec;
  } catch (error) {
    if (!isKafkaHaError(error) || error.code !== 'promise-broken') throw error;
    throw new KafkaHaError(error.code, error.message, {
      details: error.details,
      hint: 'Use --tolerance to say how many brokers may be lost then. It decides the replicas of every topic. Nothing was changed.',
      cause: error,
    });
  }
}

const help = `
Brokers are added before anything is moved to them, and removed once nothing is left on them. Their volumes are kept.
If it is interrupted, run it again to continue, or use --abort to cancel the moves in progress.`;
