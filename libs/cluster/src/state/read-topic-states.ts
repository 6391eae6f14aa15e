import type { Throttle, TopicState } from '@kafka-ha/health';
import {
  readTopicConfigs,
  readTopics,
  type KafkaConnection,
  type TopicMetadata as Topic,
} from '@kafka-ha/kafka';

const minInSync = 'min.insync.replicas';
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

/** Topics with those keys, in the word of the broker `of`, or of the controller. */
export async function withPromises(
  kafka: KafkaConnection,
  topics: readonly Topic[],
  of?: number,
): Promise<TopicState[]> {
  const configs = await readTopicConfigs(
    kafka,
    topics.map(({ name }) => name),
    { keys: [minInSync, uncleanElection, ...topicThrottleKeys], ...(of !== undefined && { of }) },
  );
  return topics.map((topic) => ({ ...topic, ...promiseOf(configs.get(topic.name) ?? {}) }));
}

type Configs = Record<string, { value: string | null }>;

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
