import {
  alterBrokerConfigs,
  alterTopicConfigs,
  readBrokerConfigs,
  readCluster,
  readTopicConfigs,
  readTopics,
  type Configs,
  type KafkaConnection,
} from '@kafka-ha/kafka';
import { waitFor } from '@kafka-ha/kube';
import type { Change } from '@kafka-ha/planning';
import type { Replicas } from './read-replicas.ts';
import { keyOf } from './read-replicas.ts';

/** Brokers: bytes per second, of the replicas that the topics name. */
const rateKeys = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate'];
/** Topics: a list of `partition:broker`. */
const sendersKey = 'leader.replication.throttled.replicas';
const takersKey = 'follower.replication.throttled.replicas';

const inForceWithinMs = 30_000;

/**
 * Limits what is sent and taken for the replicas that are added, and for no other (KIP-73): in-sync replicas are never
 * throttled. Returns once every broker knows its rate.
 */
export async function setThrottles(
  kafka: KafkaConnection,
  changes: readonly Change[],
  { replicas, bytesPerSecond, signal }: { replicas: Replicas; bytesPerSecond: number; signal: AbortSignal },
): Promise<void> {
  const brokers = [...replicas.brokers.keys()];
  const rate = String(bytesPerSecond);
  const holders = new Map(replicas.partitions.map((each) => [keyOf(each), each.replicas]));
  const topics = new Map<string, { senders: string[]; takers: string[] }>();
  for (const change of changes.filter(({ adding }) => adding.length > 0)) {
    const { senders, takers } = topics.get(change.topic) ?? { senders: [], takers: [] };
    const on = (ids: readonly number[]) => ids.map((id) => `${change.partition}:${id}`);
    topics.set(change.topic, {
      senders: [...senders, ...on(holders.get(keyOf(change)) ?? [])],
      takers: [...takers, ...on(change.adding)],
    });
  }
  await alterTopicConfigs(
    kafka,
    new Map(
      [...topics].map(([topic, { senders, takers }]) => [
        topic,
        { [sendersKey]: senders.join(), [takersKey]: takers.join() },
      ]),
    ),
  );
  const rates = Object.fromEntries(rateKeys.map((key) => [key, rate]));
  for (const id of brokers) await alterBrokerConfigs(kafka, id, rates);
  await inForce(kafka, brokers, (config) => rateKeys.every((key) => config[key]?.value === rate), signal);
}

/** Removes every replication throttle from every topic and broker, whoever set it. Returns how many held one. */
export async function removeThrottles(kafka: KafkaConnection, signal: AbortSignal): Promise<number> {
  const topics = await readTopicConfigs(
    kafka,
    (await readTopics(kafka)).map(({ name }) => name),
  );
  const throttled = [...topics].filter(([, config]) => isThrottled(config)).map(([topic]) => topic);
  const none = { [sendersKey]: null, [takersKey]: null };
  if (throttled.length > 0) await alterTopicConfigs(kafka, new Map(throttled.map((topic) => [topic, none])));

  const ids = (await readCluster(kafka)).brokers.map(({ id }) => id);
  const brokers = [...(await readBrokerConfigs(kafka, ids))].filter(([, config]) => isThrottled(config));
  for (const [id, config] of brokers)
    await alterBrokerConfigs(kafka, id, Object.fromEntries(throttleKeysOf(config).map((key) => [key, null])));
  await inForce(kafka, ids, (config) => !isThrottled(config), signal);
  return throttled.length + brokers.length;
}

function isThrottled(config: Configs): boolean {
  return throttleKeysOf(config).length > 0;
}

function throttleKeysOf(config: Configs): string[] {
  return Object.entries(config)
    .filter(
      ([key, { value, isDefault }]) => key.includes('replication.throttled') && !isDefault && value !== '',
    )
    .map(([key]) => key);
}

async function inForce(
  kafka: KafkaConnection,
  brokers: readonly number[],
  holds: (config: Configs) => boolean,
  signal: AbortSignal,
): Promise<void> {
  await waitFor(
    'every broker to take up its replication throttle',
    async () => [...(await readBrokerConfigs(kafka, brokers)).values()].every(holds),
    { deadlineMs: inForceWithinMs, intervalMs: 200, signal },
  );
}
