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
  const brokers = 'how many there are to be (default: as the cluster file says)';
  const tolerance = 'how many may be lost at once: every topic gets twice as many replicas, and one';
  const throttle = 'for what each broker takes, e.g. 20MB/s (default: from load and sizing)';
  return targetCommand('scale', 'add or remove brokers, moving the least that has to be moved')
    .addOption(valueOption('--brokers <count>', brokers, brokerCount))
    .addOption(valueOption('--tolerance <count>', tolerance, toleranceCount))
    .addOption(valueOption('--throttle <rate>', throttle, rate))
    .option('--yes', 'do it; without it the plan is printed and nothing is changed')
    .option('--plan', 'print the plan and change nothing, also with --yes')
    .option('--write', 'afterwards have the cluster file say the same')
    .addOption(deleteRecordsOption())
    .option('--abort', 'instead: cancel what an unfinished scale is moving, and remove its throttles')
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
    await showProgress(operations.abortScale(await loadTarget(options), { actor: actor(), signal }), options);
    return;
  }
  const text = await readClusterFile(options);
  const { brokers, tolerance, throttle: throttleBytesPerSecond } = options;
  const edits = brokerEdits({ brokers, tolerance });
  const wanted = editClusterFile(text, edits, options.environment);
  const spec = await wantedSpec(wanted, options);
  const cluster = targetOf(spec, options);
  const common = {
    toleranceIsSaid: tolerance !== undefined,
    deleteRecords: options.deleteRecords === true,
    ...(throttleBytesPerSecond !== undefined && { throttleBytesPerSecond }),
    signal,
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
    ? `${file} says the same now: commit it.`
    : `${file} does not say so yet, and the next deploy goes by it: put it there, or run the same with --write.`;
}

async function wantedSpec(text: string, { file, environment }: Options): Promise<Spec> {
  const { parseClusterFile } = await import('@kafka-ha/config');
  try {
    return parseClusterFile(text, { file, ...(environment !== undefined && { environment }) }).spec;
  } catch (error) {
    if (!isKafkaHaError(error) || error.code !== 'promise-broken') throw error;
    throw new KafkaHaError(error.code, error.message, {
      details: error.details,
      hint: 'Say with --tolerance how many brokers may be lost then: replicas of every topic follow from it. Nothing was changed.',
      cause: error,
    });
  }
}

const help = `
Brokers are added before anything is moved to them, and removed, their volumes kept, once nothing is left on them.
Stopped half-way it can be run again, and goes on; or --abort leaves everything where it is.`;
