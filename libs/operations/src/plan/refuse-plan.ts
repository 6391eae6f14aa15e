import { KafkaHaError } from '@kafka-ha/base';
import { planDifferences, type Plan } from '@kafka-ha/planning';
import type { Cluster } from '@kafka-ha/cluster';
import { makePlan } from './make-plan.ts';

/** @throws KafkaHaError `conflict` where something else would happen now than what was reviewed. */
export async function refuseOtherPlan(cluster: Cluster, reviewed: Plan, signal: AbortSignal): Promise<void> {
  const details = planDifferences(reviewed, await makePlan(cluster, { signal }));
  if (details.length === 0) return;
  throw new KafkaHaError('conflict', 'The cluster, or its file, is no longer what the plan saw.', {
    details,
    hint: 'Plan again, review that, and deploy it.',
  });
}
