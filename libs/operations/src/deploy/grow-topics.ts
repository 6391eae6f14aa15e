import type { Spec } from '@kafka-ha/config';
import { createPartitions, type FencedKafka, type TopicMetadata } from '@kafka-ha/kafka';
import { ordinals, topicsOf } from '@kafka-ha/manifests';
import { balancedAssignment } from '@kafka-ha/planning';

/** A topic that is to have more partitions, and where those that it lacks go. */
export type TopicGrowth = { name: string; existing: number; assignment: number[][] };

/** Adds the partitions that topics lack whose file says that they may have more: the names of those topics. */
export async function growTopics(kafka: FencedKafka, growths: readonly TopicGrowth[]): Promise<string[]> {
  for (const growth of growths) await createPartitions(kafka, growth);
  return growths.map(({ name }) => name);
}

/** Each new partition is led by a broker that leads fewest, so that leadership becomes even again. */
export function topicGrowths(
  spec: Spec,
  existing: readonly TopicMetadata[],
  racks?: ReadonlyMap<number, string>,
): TopicGrowth[] {
  return topicsOf(spec).flatMap(({ name, partitions, allowMorePartitions }) => {
    const topic = existing.find((each) => each.name === name);
    const there = topic?.partitions ?? [];
    if (topic === undefined || allowMorePartitions !== true || there.length >= partitions) return [];
    const candidates = balancedAssignment({
      brokers: ordinals(spec.brokers),
      partitions,
      // Kafka takes new partitions with as many replicas as the others have, no more and no fewer.
      replicationFactor: there[0]?.replicas.length ?? spec.replication.factor,
      ...(racks && { racks }),
    });
    const led = there.map(({ replicas: [preferred] }) => preferred);
    const assignment: number[][] = [];
    while (there.length + assignment.length < partitions) {
      const leads = (id: number | undefined) => led.filter((each) => each === id).length;
      const [next] = candidates.sort(([a], [b]) => leads(a) - leads(b));
      if (next === undefined) break;
      candidates.splice(candidates.indexOf(next), 1);
      led.push(next[0]);
      assignment.push(next);
    }
    return [{ name, existing: there.length, assignment }];
  });
}
