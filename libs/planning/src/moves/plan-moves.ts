import { groupBy } from '@kafka-ha/base';
import type { Spec } from '@kafka-ha/config';
import { reassignment, type MovePlan } from '../reassignment/reassignment.ts';
import { ordinals } from '@kafka-ha/manifests';
import { racksOf } from '../racks.ts';
import { bytesOf, type LogSizes, type Replicas } from './replicas.ts';

/** What has to be moved so that the spec's brokers, and no others, hold every partition as often as the spec says. */
export function planMoves(spec: Spec, replicas: Replicas, sizes: LogSizes): MovePlan {
  const brokers = ordinals(spec.brokers);
  const racks = racksOf(brokers.map((id) => [id, replicas.brokers.get(id)]));
  return reassignment({
    brokers,
    topics: [...groupBy(replicas.partitions, ({ topic }) => topic)].map(([topic, partitions]) => ({
      topic,
      replicationFactor: spec.replication.factor,
      partitions: partitions.map((each) => ({
        partition: each.partition,
        replicas: each.replicas,
        bytes: bytesOf(sizes, each),
      })),
    })),
    ...(racks && { racks }),
  });
}
