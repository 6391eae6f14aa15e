import { readFile, writeFile } from 'node:fs/promises';
import { editVersions, parseClusterFile, protocolOf, type Spec } from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/errors';
import { deploy, readRunningVersions, type Cluster } from '@kafka-ha/operations';
import { versionRefusals } from '@kafka-ha/planning';
import { actor } from '../actor.ts';
import { loadTarget } from '../load-target.ts';
import { showProgress } from '../output/show-progress.ts';
import type { Run, TargetOptions } from '../program.ts';

export type UpgradeCommandOptions = TargetOptions & { kafka?: string; finalize?: boolean };

/**
 * `kafka-ha upgrade`: changes the versions in the cluster file and deploys it. The file is written once nothing speaks
 * against it, so that an upgrade that was cut off goes on with `kafka-ha deploy`.
 */
export async function upgrade(options: UpgradeCommandOptions, { signal }: Run): Promise<void> {
  const cluster = await loadTarget(options);
  const running = await readRunningVersions(cluster, signal);
  const protocol = running.brokers
    .map((broker) => broker.protocol)
    .sort()
    .at(-1);
  if (protocol === undefined)
    throw new KafkaHaError('not-found', 'no broker runs whose version could be told', {
      hint: 'Deploy the cluster first: kafka-ha deploy.',
    });
  const changes = changesOf(options, cluster, protocol);
  const text = editVersions(await readFile(options.file, 'utf8'), changes);
  const { spec } = parseClusterFile(text, options);
  refuseOverride(spec, changes, options);
  const refusals = versionRefusals({ ...running, wanted: spec.versions });
  if (refusals.length > 0)
    throw new KafkaHaError('conflict', `The versions cannot be changed so: ${refusals.join('; ')}.`);
  await writeFile(options.file, text);
  await showProgress(deploy({ ...cluster, spec }, { actor: actor(), signal }), options);
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ versions: spec.versions }, null, 2)}\n`);
}

function changesOf(
  { kafka, finalize }: UpgradeCommandOptions,
  { spec }: Cluster,
  protocol: string,
): Partial<Spec['versions']> {
  if ((kafka === undefined) === (finalize !== true))
    throw new KafkaHaError('invalid-usage', 'upgrade takes either --kafka VERSION or --finalize');
  if (kafka === undefined) return { interBrokerProtocol: protocolOf(spec.versions.kafka) };
  return { kafka, interBrokerProtocol: protocol };
}

function refuseOverride(
  { versions }: Spec,
  changes: Partial<Spec['versions']>,
  { file, environment }: UpgradeCommandOptions,
): void {
  const kept = Object.entries(changes).filter(
    ([key, version]) => versions[key as keyof Spec['versions']] !== version,
  );
  if (kept.length === 0) return;
  throw new KafkaHaError(
    'invalid-usage',
    `environment ${environment} has versions of its own in ${file}: ${kept.map(([key]) => key).join(', ')}`,
    { hint: 'Change them there, and deploy.' },
  );
}
