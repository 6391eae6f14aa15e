import { formatBytes, type Spec } from '@kafka-ha/config';
import type { TopicState } from '@kafka-ha/health';
import { topicsOf } from '@kafka-ha/manifests';
import type { TopicChange } from './plan.ts';

/**
 * Which topics a deployment would create or give more partitions, and what of the others differs from the file and would be left; `bytesToCopy` is
 * what topics lack that have too few replicas.
 */
export function planTopics(
  spec: Spec,
  existing: readonly TopicState[] | undefined,
  bytesToCopy: ReadonlyMap<string, number> = new Map(),
): TopicChange[] {
  if (existing === undefined) return [];
  return topicsOf(spec).flatMap(({ name, partitions, allowMorePartitions }): TopicChange[] => {
    const topic = existing.find((each) => each.name === name);
    const replicas = spec.replication.factor;
    if (topic === undefined) return [{ kind: 'create', topic: name, partitions, replicas }];
    const there = topic.partitions.length;
    const grows = there < partitions && allowMorePartitions === true;
    const wanted = { partitions: grows ? there : partitions, replicas, bytes: bytesToCopy.get(name) };
    return [
      ...(grows ? [{ kind: 'grow', topic: name, from: there, to: partitions } as const] : []),
      ...differences(topic, wanted).map((why): TopicChange => ({ kind: 'left', topic: name, why })),
    ];
  });
}

function differences(
  { partitions }: TopicState,
  {
    partitions: wanted,
    replicas,
    bytes,
  }: { partitions: number; replicas: number; bytes: number | undefined },
): string[] {
  const copied = bytes === undefined ? '' : ` that copies ${formatBytes(bytes)}`;
  const factors = [...new Set(partitions.map((each) => each.replicas.length))];
  return [
    ...(partitions.length > wanted
      ? [
          `${wanted} partitions are wanted, but it has ${partitions.length}, and Kafka cannot remove partitions`,
        ]
      : []),
    ...(partitions.length < wanted
      ? [
          `${wanted} partitions are wanted, but it has ${partitions.length}: record keys would move to other partitions; to add them, set \`allowMorePartitions: true\` in the topic`,
        ]
      : []),
    ...(factors.some((factor) => factor !== replicas)
      ? [
          `it has ${factors.join(' or ')} replicas, but ${replicas} are wanted: that needs a reassignment${copied} (kafka-ha scale)`,
        ]
      : []),
  ];
}
