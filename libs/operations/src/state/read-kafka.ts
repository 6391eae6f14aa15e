import type { State, Throttle, TopicState } from '@kafka-ha/health';
import {
  listReassignments,
  readBrokerConfigs,
  readCluster,
  readTopicConfigs,
  readTopics,
  type KafkaConnection,
} from '@kafka-ha/kafka';

type KafkaReadings = Pick<State, 'brokers' | 'controllerId' | 'topics' | 'reassignments' | 'brokerThrottles'>;

/** Brokers, topics and what moves between them, as Kafka's controller sees them. */
export async function readKafka(kafka: KafkaConnection): Promise<KafkaReadings> {
  const { brokers, controllerId } = await readCluster(kafka);
  const ids = brokers.map(({ id }) => id);
  const [topics, reassignments, brokerConfigs] = await Promise.all([
    readTopicStates(kafka),
    listReassignments(kafka),
    readBrokerConfigs(kafka, ids),
  ]);
  return {
    brokers: read(brokers.map(({ id, host, rack }) => ({ id, host, rack: rack ?? null }))),
    controllerId: read(controllerId),
    topics: read(topics),
    reassignments: read(reassignments),
    brokerThrottles: read(
      ids.map((brokerId) => ({ brokerId, throttles: throttlesIn(brokerConfigs.get(brokerId) ?? {}) })),
    ),
  };
}

/** Every topic with the keys on which the promise rests, wherever they are set. */
export async function readTopicStates(kafka: KafkaConnection): Promise<TopicState[]> {
  const topics = await readTopics(kafka);
  const configs = await readTopicConfigs(
    kafka,
    topics.map(({ name }) => name),
  );
  return topics.map((topic) => ({ ...topic, ...promiseOf(configs.get(topic.name) ?? {}) }));
}

type Configs = Record<string, { value: string | null }>;

/** The keys of a topic on which the promise rests. */
function promiseOf(configs: Configs): Pick<TopicState, 'minInSync' | 'uncleanElection' | 'throttles'> {
  return {
    minInSync: Number(configs['min.insync.replicas']?.value ?? 1),
    uncleanElection: configs['unclean.leader.election.enable']?.value === 'true',
    throttles: throttlesIn(configs),
  };
}

function throttlesIn(configs: Configs): Throttle[] {
  return Object.entries(configs)
    .filter(([key, { value }]) => key.includes('replication.throttled') && value !== null && value !== '')
    .map(([key, { value }]) => ({ key, value: value ?? '' }));
}

function read<T>(value: T): { kind: 'read'; value: T } {
  return { kind: 'read', value };
}
