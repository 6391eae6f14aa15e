import { KafkaHaError } from '@kafka-ha/base';
import type { KafkaConnection } from '@kafka-ha/kafka';
import { type Cluster, describeChange, readAppliedKeys, readDynamicChanges } from '@kafka-ha/cluster';
import { planObjects } from '../plan/plan-objects.ts';
import { planVolumes } from '../plan/plan-volumes.ts';
import { otherChanges, sizeKeys } from './other-changes.ts';

/**
 * A scale changes the size and nothing else: what else the file says has been in no plan that somebody approved, and
 * new brokers would begin with it beside old ones that have it not.
 *
 * @throws KafkaHaError `conflict`, with what differs.
 */
export async function refuseOtherChanges(
  cluster: Cluster,
  kafka: KafkaConnection,
  signal: AbortSignal,
): Promise<void> {
  const [objects, volumes, applied] = await Promise.all([
    planObjects(cluster, signal),
    planVolumes(cluster, signal),
    readAppliedKeys(cluster, signal),
  ]);
  const keys = await readDynamicChanges(cluster, kafka, applied ?? {});
  const details = [
    ...otherChanges(cluster.spec, [...objects, ...volumes]),
    ...keys.filter(({ key }) => !sizeKeys.includes(key)).map(describeChange),
  ];
  if (details.length === 0) return;
  throw new KafkaHaError(
    'conflict',
    'the cluster file says more than another size, and a scale changes nothing else',
    {
      details,
      hint: 'Deploy that first, with the size that is there in the file: kafka-ha plan, kafka-ha deploy. Nothing was changed.',
    },
  );
}
