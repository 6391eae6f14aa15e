import { KafkaHaError, readUntil } from '@kafka-ha/base';
import { createTopicsApi, ERROR } from '@kafka-ha/kafka-protocol';
import type { FencedKafka } from './kafka-connection.ts';
import { pausingClock } from './pause.ts';
import { readCluster } from './read-cluster.ts';
import { readTopics, type TopicMetadata } from './read-topics.ts';
import { refused } from './refused.ts';

export type NewTopic = {
  name: string;
  config: Readonly<Record<string, string>>;
  /** Per partition the brokers that hold it, the preferred leader first. */
  assignment: readonly (readonly number[])[];
};

export type CreatedTopics = { created: readonly string[]; existing: readonly string[] };

/**
 * Creates topics with exactly these replicas and waits until each partition of each of them, of those that were there
 * before too, has a leader and all its replicas in sync. A topic that exists stays as it is.
 *
 * Throws `kafka-refused` with Kafka's reason (topics that it took stay created), or `deadline-exceeded` with the
 * partitions that were not in sync by then.
 */
export async function createTopics(
  kafka: FencedKafka,
  topics: readonly NewTopic[],
  { signal, timeoutMs = 60_000 }: { signal: AbortSignal; timeoutMs?: number },
): Promise<CreatedTopics> {
  const names = topics.map(({ name }) => name);
  const created = new Set<string>();
  const createMissing = async () => {
    const states = new Map((await readTopics(kafka, names)).map((state) => [state.name, state]));
    // Asked for again at each turn: a topic of that name that was being deleted stands in the way until it is gone.
    const missing = topics.filter(({ name }) => !states.has(name));
    for (const name of missing.length === 0 ? [] : await create(kafka, missing)) created.add(name);
    return names.flatMap((name) => notInSync(name, states.get(name)));
  };
  const wait = { deadlineMs: timeoutMs, intervalMs: 100, clock: pausingClock, signal };
  const lagging = await readUntil(createMissing, ({ length }) => length === 0, wait);
  if (lagging.length > 0)
    throw new KafkaHaError(
      'deadline-exceeded',
      `not every replica of the topics came in sync within ${timeoutMs / 1000} s`,
      { details: lagging, hint: 'Run kafka-ha health to see which broker is away or behind.' },
    );
  return {
    created: names.filter((name) => created.has(name)),
    existing: names.filter((name) => !created.has(name)),
  };
}

/** Without controllers Kafka takes any number for a broker, and the replica would never come in sync. */
async function refuseUnknownBrokers(kafka: FencedKafka, topics: readonly NewTopic[]): Promise<void> {
  const registered = (await readCluster(kafka)).brokers.map(({ id }) => id);
  for (const { name, assignment } of topics) {
    const unknown = assignment.flat().find((id) => !registered.includes(id));
    if (unknown === undefined) continue;
    throw new KafkaHaError(
      'kafka-refused',
      `topic ${name} was not created: broker ${unknown} is not registered`,
      {
        details: [`registered: ${registered.join(', ')}`],
      },
    );
  }
}

/** Returns the names that Kafka took; those that exist by now, or still, are none of them. */
async function create(kafka: FencedKafka, topics: readonly NewTopic[]): Promise<string[]> {
  await refuseUnknownBrokers(kafka, topics);
  const answer = await kafka.askController(
    createTopicsApi,
    {
      topics: topics.map(({ name, config, assignment }) => ({
        name,
        partitionCount: -1,
        replicationFactor: -1,
        assignments: assignment.map((brokerIds, partition) => ({ partition, brokerIds })),
        configs: Object.entries(config).map(([key, value]) => ({ name: key, value })),
      })),
      timeoutMs: 5_000,
      validateOnly: false,
    },
    (response) => response.topics.map(({ errorCode }) => errorCode),
  );
  for (const { name, errorCode, errorMessage } of answer.topics) {
    if (TAKEN.includes(errorCode) || errorCode === ERROR.topicAlreadyExists) continue;
    throw refused(`topic ${name} was not created`, errorCode, errorMessage);
  }
  return answer.topics.filter(({ errorCode }) => TAKEN.includes(errorCode)).map(({ name }) => name);
}

/** A time-out means "created, but not yet everywhere", which is waited for anyway. */
const TAKEN: readonly number[] = [ERROR.none, ERROR.requestTimedOut];

function notInSync(name: string, state: TopicMetadata | undefined): string[] {
  if (state === undefined) return [`${name}: not known to the brokers yet`];
  return state.partitions.flatMap(({ partition, leader, replicas, isr }) => {
    if (leader === null) return [`${name}-${partition}: no leader`];
    const behind = replicas.filter((id) => !isr.includes(id));
    return behind.length === 0 ? [] : [`${name}-${partition}: not in sync on broker ${behind.join(', ')}`];
  });
}
