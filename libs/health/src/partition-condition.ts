import { groupBy } from '@kafka-ha/base';
import {
  valueOf,
  type OngoingReassignment,
  type PartitionState,
  type State,
  type TopicState,
} from './state.ts';

/** How well a partition is served, the worst that is true of it. */
export type PartitionCondition = 'offline' | 'under-min-isr' | 'under-replicated' | 'whole';

export type JudgedPartition = {
  partition: PartitionState;
  condition: PartitionCondition;
  /** Its replicas without those that a running reassignment adds: what the partition can count on now. */
  assigned: readonly number[];
  /** Assigned replicas that are not in the ISR. */
  out: readonly number[];
};

/** Every partition of a topic with its condition. */
export function judgePartitions(state: State, topic: TopicState): JudgedPartition[] {
  const reassignments = ongoingIn(valueOf(state.reassignments) ?? []).get(topic.name);
  return topic.partitions.map((partition) => {
    const assigned = assignedReplicas(partition, reassignments);
    const out = assigned.filter((replica) => !partition.isr.includes(replica));
    return { partition, assigned, out, condition: conditionOf(topic, partition, out) };
  });
}

type ByPartition = ReadonlyMap<string, ReadonlyMap<number, OngoingReassignment>>;

/** Made once for each reading, which is asked for thousands of topics. */
const indexed = new WeakMap<readonly OngoingReassignment[], ByPartition>();

function ongoingIn(reassignments: readonly OngoingReassignment[]): ByPartition {
  const known = indexed.get(reassignments);
  if (known !== undefined) return known;
  const byTopic = groupBy(reassignments, ({ topic }) => topic);
  const made = new Map(
    [...byTopic].map(([topic, ofTopic]) => [topic, new Map(ofTopic.map((each) => [each.partition, each]))]),
  );
  indexed.set(reassignments, made);
  return made;
}

/** As Kafka itself counts while replicas are being moved: those that are added do not make it under-replicated. */
function assignedReplicas(
  partition: PartitionState,
  reassignments: ReadonlyMap<number, OngoingReassignment> | undefined,
): number[] {
  const adding = reassignments?.get(partition.partition)?.adding ?? [];
  return partition.replicas.filter((replica) => !adding.includes(replica));
}

function conditionOf(
  topic: TopicState,
  partition: PartitionState,
  out: readonly number[],
): PartitionCondition {
  if (partition.leader === null) return 'offline';
  if (out.length === 0) return 'whole';
  return partition.isr.length < topic.minInSync ? 'under-min-isr' : 'under-replicated';
}
