import type { Spec } from '@kafka-ha/config';
import { alterTopicConfigs, createTopics, readTopics } from '@kafka-ha/kafka';
import { type DesiredTopic, ordinals, topicsOf } from '@kafka-ha/manifests';
import { balancedAssignment, racksOf } from '@kafka-ha/planning';
import { type FencedCluster, openKafka, untilRegistered } from '@kafka-ha/cluster';
import { growTopics, topicGrowths } from './grow-topics.ts';
import { readTopicConfigChanges, type TopicConfigChange } from './topic-config-changes.ts';

/** `grown`: which got more partitions; `altered`: whose keys were changed to the file's, with the key. */
export type SettledTopics = { created: string[]; existing: string[]; grown: string[]; altered: string[] };

/**
 * Creates the internal topics and those of the file which are missing, each with an explicit replica list, so that
 * leadership is even and stays even after any loss. Topics that exist get the keys that the file gives them, and the
 * partitions that they lack where it allows more; they are left as they are otherwise.
 */
export async function* settleTopics(cluster: FencedCluster): AsyncGenerator<string, SettledTopics> {
  const desired = topicsOf(cluster.spec);
  await using kafka = await openKafka(cluster);
  const there = await readTopics(kafka);
  const existing = new Set(there.map(({ name }) => name));
  const racks = async () =>
    racksOf((await untilRegistered(cluster, kafka)).map(({ id, rack }) => [id, rack]));
  const missing = desired.filter(({ name }) => !existing.has(name));
  if (missing.length > 0) {
    yield missing.map(({ name, partitions }) => `${name} (${partitions})`).join(', ');
    const known = await racks();
    const topics = missing.map((topic, index) => ({
      name: topic.name,
      config: topic.config,
      assignment: assign(cluster.spec, topic, { racks: known, startAt: index }),
    }));
    await createTopics(kafka, topics, { signal: cluster.signal });
  }
  const lacking = topicGrowths(cluster.spec, there);
  const grown =
    lacking.length === 0 ? [] : await growTopics(kafka, topicGrowths(cluster.spec, there, await racks()));
  const changes = await readTopicConfigChanges(kafka, cluster.spec);
  if (changes.length > 0) await alterTopicConfigs(kafka, byTopic(changes));
  return {
    grown,
    altered: changes.map(({ topic, key }) => `${key} of ${topic}`),
    created: missing.map(({ name }) => name),
    existing: desired.filter(({ name }) => existing.has(name)).map(({ name }) => name),
  };
}

export function describeTopics({ created, existing, grown, altered }: SettledTopics): string {
  const changed = [
    ...(grown.length === 0 ? [] : [`${grown.join(', ')} got more partitions`]),
    ...(altered.length === 0 ? [] : [`${altered.join(', ')} changed`]),
  ];
  if (created.length > 0) return [`${created.join(', ')} created`, ...changed].join('; ');
  return [`nothing to create, all ${existing.length} exist`, ...changed].join('; ');
}

function byTopic(changes: readonly TopicConfigChange[]): Map<string, Record<string, string>> {
  const topics = new Map<string, Record<string, string>>();
  for (const { topic, key, to } of changes) topics.set(topic, { ...topics.get(topic), [key]: to });
  return topics;
}

/** Each topic starts at another broker, so that many small ones do not all lead from the first. */
function assign(
  spec: Spec,
  { partitions }: DesiredTopic,
  { racks, startAt }: { racks: ReadonlyMap<number, string> | undefined; startAt: number },
): number[][] {
  const brokers = ordinals(spec.brokers).map((id) => (id + startAt) % spec.brokers);
  const { factor } = spec.replication;
  return balancedAssignment({ brokers, partitions, replicationFactor: factor, ...(racks && { racks }) });
}
