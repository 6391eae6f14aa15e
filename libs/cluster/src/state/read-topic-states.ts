import type { Throttle, TopicState } from '@kafka-ha/health';
import {
  readTopicConfigs,
  readTopics,
  type ConfigSource,
  type KafkaConnection,
  type TopicMetadata as Topic,
} from '@kafka-ha/kafka';

export const minInSync = 'min.insync.replicas';
const uncleanElection = 'unclean.leader.election.enable';
const topicThrottleKeys = [
  'leader.replication.throttled.replicas',
  'follower.replication.throttled.replicas',
];
export const brokerThrottleKeys = [
  'leader.replication.throttled.rate',
  'follower.replication.throttled.rate',
];

/** Every topic with the keys on which the promise rests, wherever they are set, in the controller's word. */
export async function readTopicStates(kafka: KafkaConnection): Promise<TopicState[]> {
  return await withPromises(kafka, await readTopics(kafka));
}

/** Topics with those keys, in the word of the broker `of`, or of the controller, and with which of the `dropped` ones they have. */
export async function withPromises(
  kafka: KafkaConnection,
  topics: readonly Topic[],
  { of, dropped = [] }: { of?: number; dropped?: readonly string[] } = {},
): Promise<TopicState[]> {
  const configs = await readTopicConfigs(
    kafka,
    topics.map(({ name }) => name),
    { keys: [minInSync, uncleanElection, ...topicThrottleKeys, ...dropped], ...(of !== undefined && { of }) },
  );
  return topics.map((topic) => {
    const config = configs.get(topic.name) ?? {};
    return { ...topic, ...promiseOf(config), dropped: setIn(config, dropped, ['topic']) };
  });
}

type Configs = Readonly<Record<string, { value: string | null; source?: ConfigSource }>>;

/** Of some keys those that somebody has set. Kafka takes one that it does not know for a secret, and tells no value. */
export function setIn(configs: Configs, keys: readonly string[], by: readonly ConfigSource[]): string[] {
  return keys.filter((key) => {
    const source = configs[key]?.source;
    return source !== undefined && by.includes(source);
  });
}

function promiseOf(configs: Configs): Pick<TopicState, 'minInSync' | 'uncleanElection' | 'throttles'> {
  return {
    minInSync: Number(configs[minInSync]?.value ?? 1),
    uncleanElection: configs[uncleanElection]?.value === 'true',
    throttles: throttlesIn(configs),
  };
}

/** What is set, by whomever; Kafka's own defaults are none. */
export function throttlesIn(configs: Configs): Throttle[] {
  return Object.entries(configs)
    .filter(([key, { value }]) => key.includes('replication.throttled') && value !== null && value !== '')
    .map(([key, { value }]) => ({ key, value: value ?? '' }));
}
