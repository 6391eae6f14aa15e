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
  const reassignments = (valueOf(state.reassignments) ?? []).filter((each) => each.topic === topic.name);
  return topic.partitions.map((partition) => {
    const assigned = assignedReplicas(partition, reassignments);
    const out = assigned.filter((replica) => !partition.isr.includes(replica));
    return { partition, assigned, out, condition: conditionOf(topic, partition, out) };
  });
}

/** As Kafka itself counts while replicas are being moved: those that are added do not make it under-replicated. */
function assignedReplicas(
  partition: PartitionState,
  reassignments: readonly OngoingReassignment[],
): number[] {
  const adding = reassignments.find((each) => each.partition === partition.partition)?.adding ?? [];
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
