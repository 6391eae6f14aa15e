import { readFile } from 'node:fs/promises';
import { KafkaHaError } from '@kafka-ha/errors';
import { deploy, prepareUpgrade, replaceClusterFile, type UpgradeStep } from '@kafka-ha/operations';
import { actor } from '../actor.ts';
import { loadTarget } from '../load-target.ts';
import { showProgress } from '../output/show-progress.ts';
import type { Run, TargetOptions } from '../program.ts';

export type UpgradeCommandOptions = TargetOptions & {
  kafka?: string;
  finalize?: boolean;
  deleteRecords?: boolean;
};

/**
 * `kafka-ha upgrade`: changes the versions in the cluster file and deploys it. The file is written once nothing speaks
 * against it, so that an upgrade that was cut off goes on with `kafka-ha deploy`.
 */
export async function upgrade(options: UpgradeCommandOptions, { signal }: Run): Promise<void> {
  const step = stepOf(options);
  const cluster = await loadTarget(options);
  const { file, environment } = options;
  const deleteRecords = options.deleteRecords === true;
  const written = { file, text: await readFile(file, 'utf8'), ...(environment && { environment }) };
  const { text, spec } = await prepareUpgrade(cluster, step, { file: written, signal });
  await replaceClusterFile(file, written.text, text);
  await showProgress(deploy({ ...cluster, spec }, { deleteRecords, actor: actor(), signal }), options);
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ versions: spec.versions }, null, 2)}\n`);
}

function stepOf({ kafka, finalize }: UpgradeCommandOptions): UpgradeStep {
  if ((kafka === undefined) === (finalize !== true))
    throw new KafkaHaError('invalid-usage', 'upgrade takes either --kafka VERSION or --finalize');
  return kafka === undefined ? 'finalize' : { kafka };
}
