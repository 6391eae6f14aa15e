import { editClusterFile, parseChangedFile, protocolOf, versionEdits, type Spec } from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/base';
import type { Cluster } from '@kafka-ha/cluster';
import { versionRulesOf, type RunningVersions } from '../plan/version-rules.ts';

/**
 * The first half of an upgrade: other binaries, which keep the brokers' protocol or, with controllers, the metadata. The
 * second: the one that is theirs.
 */
export type UpgradeStep = { kafka: string } | 'finalize';

export type ClusterFileText = { file: string; text: string; environment?: string };

/** The cluster file after the step, and what it says then. */
export type PreparedUpgrade = { text: string; spec: Spec };

/**
 * What a step of an upgrade makes of the cluster file. Changes nothing: whoever calls it writes the file and deploys it,
 * in this order, so that an upgrade that was cut off goes on with the next deployment.
 *
 * @throws KafkaHaError `not-found` where no broker runs, `conflict` where the step cannot follow on what runs,
 *   `invalid-usage` where the environment has versions of its own, and what `parseChangedFile` throws.
 */
export async function prepareUpgrade(
  cluster: Cluster,
  step: UpgradeStep,
  file: ClusterFileText,
): Promise<PreparedUpgrade> {
  const { lagging, read } = versionRulesOf(cluster.spec);
  const running = await read(cluster);
  if (running.lagging === undefined)
    throw new KafkaHaError('not-found', 'the version of no running broker could be read', {
      hint: 'Deploy the cluster first.',
    });
  const changes =
    step === 'finalize'
      ? { [lagging]: protocolOf(cluster.spec.versions.kafka) }
      : { kafka: step.kafka, [lagging]: running.lagging };
  // Before the file is looked at, which would say the same of a way back in other words.
  refuseVersions(running, { ...cluster.spec.versions, ...changes });
  const text = editClusterFile(file.text, versionEdits(changes));
  const { spec } = parseChangedFile(text, file, cluster.spec);
  refuseOverride(spec, changes, file);
  return { text, spec };
}

function refuseVersions(running: RunningVersions, wanted: Spec['versions']): void {
  const refusals = running.refusals(wanted);
  if (refusals.length > 0)
    throw new KafkaHaError('conflict', `The versions cannot be changed like this: ${refusals.join('; ')}.`);
}

function refuseOverride(
  { versions }: Spec,
  changes: Partial<Spec['versions']>,
  { file, environment = '' }: ClusterFileText,
): void {
  const kept = Object.entries(changes).filter(
    ([key, version]) => versions[key as keyof Spec['versions']] !== version,
  );
  if (kept.length === 0) return;
  throw new KafkaHaError(
    'invalid-usage',
    `environment ${environment} has versions of its own in ${file}: ${kept.map(([key]) => key).join(', ')}`,
    { hint: 'Change them there and deploy.' },
  );
}
