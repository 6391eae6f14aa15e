import { KafkaHaError } from '@kafka-ha/errors';
import { planDifferences, type Plan } from '@kafka-ha/planning';
import type { Cluster } from '../connect.ts';
import { makePlan } from './make-plan.ts';
import { readVersionRefusals } from './read-running-versions.ts';

/** @throws KafkaHaError `conflict` where the file's versions cannot follow on those that run. */
export async function refuseVersions(cluster: Cluster, signal: AbortSignal): Promise<void> {
  const refusals = await readVersionRefusals(cluster, signal);
  if (refusals.length === 0) return;
  throw new KafkaHaError('conflict', `The versions cannot be changed so: ${refusals.join('; ')}.`, {
    hint: 'First the binaries, then, after a while, versions.interBrokerProtocol: kafka-ha upgrade does either.',
  });
}

/** @throws KafkaHaError `conflict` where something else would happen now than what was reviewed. */
export async function refuseOtherPlan(cluster: Cluster, reviewed: Plan, signal: AbortSignal): Promise<void> {
  const details = planDifferences(reviewed, await makePlan(cluster, { signal }));
  if (details.length === 0) return;
  throw new KafkaHaError('conflict', 'The cluster, or its file, is no longer what the plan saw.', {
    details,
    hint: 'Plan again, review that, and deploy it.',
  });
}
