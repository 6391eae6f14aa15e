import type { Spec } from '@kafka-ha/config';
import type { MovableTopic } from '../reassignment/placement-problem.ts';
import { reassignment, type MovePlan } from '../reassignment/reassignment.ts';
import { ordinals } from '@kafka-ha/manifests';
import { racksOf } from '../racks-of.ts';
import { bytesOf, type LogSizes, type Replicas } from './replicas.ts';

/** What has to be moved so that the spec's brokers, and no others, hold every partition as often as the spec says. */
export function planMoves(spec: Spec, replicas: Replicas, sizes: LogSizes): MovePlan {
  const topics = new Map<string, MovableTopic['partitions'][number][]>();
  for (const each of replicas.partitions) {
    const partition = { partition: each.partition, replicas: each.replicas, bytes: bytesOf(sizes, each) };
    topics.set(each.topic, [...(topics.get(each.topic) ?? []), partition]);
  }
  const brokers = ordinals(spec.brokers);
  const racks = racksOf(brokers.map((id) => [id, replicas.brokers.get(id)]));
  return reassignment({
    brokers,
    topics: [...topics].map(([topic, partitions]) => ({
      topic,
      replicationFactor: spec.replication.factor,
      partitions,
    })),
    ...(racks && { racks }),
  });
}
