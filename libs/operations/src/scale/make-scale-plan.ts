import type { KafkaConnection } from '@kafka-ha/kafka';
import { checkNodes, type Cluster, refuseForeignObjects } from '@kafka-ha/cluster';
import { awaitWhole } from './await-whole.ts';
import { brokersNow, refuseSilentChange } from './refusals.ts';
import { refuseOtherChanges } from './refuse-other-changes.ts';
import { planScale } from './plan-scale.ts';
import { usualFactor, type ScalePlan } from '@kafka-ha/planning';

/**
 * What a scale is to do, from the cluster as it is now. Under the lock it looks again at all that was looked at before: whoever
 * held the lock until then may have changed it.
 *
 * @throws KafkaHaError `conflict`, `promise-broken`, `invalid-usage`, `unhealthy`.
 */
export async function* makeScalePlan(
  cluster: Cluster,
  kafka: KafkaConnection,
  options: { throttleBytesPerSecond?: number; toleranceIsSaid: boolean; signal: AbortSignal },
): AsyncGenerator<string, ScalePlan> {
  const { spec } = cluster;
  const { toleranceIsSaid, signal } = options;
  await refuseForeignObjects(cluster, signal);
  const from = await brokersNow(cluster, signal);
  if (spec.brokers > from) await checkNodes(cluster, signal);
  await refuseOtherChanges(cluster, kafka, signal);
  const replicas = yield* awaitWhole(kafka, signal);
  refuseSilentChange(spec, { factorNow: usualFactor(replicas), toleranceIsSaid });
  yield 'measuring the inflow';
  return await planScale({ kafka, spec, replicas }, { ...options, from });
}
