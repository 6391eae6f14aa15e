import { brokerEdits, editClusterFile, parseClusterFile, parseRate, type Spec } from '@kafka-ha/config';
import { isKafkaHaError, KafkaHaError } from '@kafka-ha/errors';
import { abortScale, replaceClusterFile, scale as scaleCluster, scalePlan } from '@kafka-ha/operations';
import { actor } from '../actor.ts';
import { readClusterFile } from '../load-spec.ts';
import { loadTarget, targetOf } from '../load-target.ts';
import { printScalePlan } from '../output/print-scale-plan.ts';
import { showProgress } from '../output/show-progress.ts';
import type { Run, TargetOptions } from '../program.ts';

export type ScaleCommandOptions = TargetOptions & {
  brokers?: string;
  tolerance?: string;
  throttle?: string;
  plan?: boolean;
  yes?: boolean;
  write?: boolean;
  abort?: boolean;
  deleteRecords?: boolean;
};

/** `kafka-ha scale`: prints a plan or, with --yes, does it. */
export async function scale(options: ScaleCommandOptions, { signal }: Run): Promise<void> {
  if (options.abort === true) {
    await showProgress(abortScale(await loadTarget(options), { actor: actor(), signal }), options);
    return;
  }
  const throttleBytesPerSecond = rateOf(options.throttle);
  const text = await readClusterFile(options);
  const edits = brokerEdits({
    brokers: wholeNumber('--brokers', options.brokers),
    tolerance: wholeNumber('--tolerance', options.tolerance),
  });
  const wanted = editClusterFile(text, edits, options.environment);
  const spec = wantedSpec(wanted, options);
  const cluster = targetOf(spec, options);
  const common = {
    toleranceIsSaid: options.tolerance !== undefined,
    deleteRecords: options.deleteRecords === true,
    ...(throttleBytesPerSecond !== undefined && { throttleBytesPerSecond }),
    signal,
  };
  if (options.yes !== true || options.plan === true) {
    const plan = await showProgress(scalePlan(cluster, common), options);
    if (options.json === true) process.stdout.write(`${JSON.stringify(plan, null, 2)}\n`);
    else printScalePlan(spec, plan, process.stdout);
    return;
  }
  await showProgress(scaleCluster(cluster, { ...common, actor: actor() }), options);
  const isSaid = wanted === text;
  if (!isSaid && options.write === true) await replaceClusterFile(options.file, text, wanted);
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ scaled: described(spec) }, null, 2)}\n`);
  else if (!isSaid) process.stdout.write(`\n${whereTheTruthIs(options)}\n`);
}

function described({ name, namespace, brokers, tolerance }: Spec) {
  return { name, namespace, brokers, tolerance };
}

function whereTheTruthIs({ file, write }: ScaleCommandOptions): string {
  return write === true
    ? `${file} says the same now: commit it.`
    : `${file} does not say so yet, and the next deploy goes by it: put it there, or run the same with --write.`;
}

function wantedSpec(text: string, { file, environment }: ScaleCommandOptions): Spec {
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

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 100) return value;
  throw new KafkaHaError('invalid-usage', `${option} takes a whole number up to 100, not ${text}`);
}

function rateOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rate = parseRate(text);
  if (rate !== undefined && rate > 0) return rate;
  throw new KafkaHaError('invalid-usage', `--throttle takes a rate such as 20MB/s, not ${text}`);
}
