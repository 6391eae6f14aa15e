import { isSameValue, type Spec } from '@kafka-ha/config';
import { readTopicConfigs, type Configs, type KafkaConnection } from '@kafka-ha/kafka';
import { topicsOf } from '@kafka-ha/manifests';

/** A key that the cluster file gives to a topic, and that the topic has otherwise: `from` is the value in force. */
export type TopicConfigChange = { topic: string; key: string; from: string | null; to: string };

/** Reads which keys of topics that exist a deployment would set. Keys that the file does not name are left alone. */
export async function readTopicConfigChanges(
  kafka: KafkaConnection,
  spec: Spec,
): Promise<TopicConfigChange[]> {
  const named = topicsOf(spec).filter(({ config }) => Object.keys(config).length > 0);
  return topicConfigChanges(
    spec,
    await readTopicConfigs(
      kafka,
      named.map(({ name }) => name),
    ),
  );
}

export function topicConfigChanges(spec: Spec, existing: ReadonlyMap<string, Configs>): TopicConfigChange[] {
  return topicsOf(spec).flatMap(({ name: topic, config }) => {
    const now = existing.get(topic);
    if (now === undefined) return [];
    return Object.entries(config)
      .map(([key, to]) => ({ topic, key, from: now[key]?.value ?? null, to }))
      .filter(({ key, from, to }) => !isSameValue(key, from, to));
  });
}
