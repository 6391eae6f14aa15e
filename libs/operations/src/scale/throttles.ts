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
import { keyOf, type Replicas } from './read-replicas.ts';
import { senderRates } from './sender-rates.ts';

/** Brokers: bytes per second of what is sent of the replicas that the topics name. */
const rateKey = 'leader.replication.throttled.rate';
/** Topics: lists of `partition:broker`. */
const sendersKey = 'leader.replication.throttled.replicas';
const takersKey = 'follower.replication.throttled.replicas';

const inForceWithinMs = 30_000;

/**
 * Limits what is sent to the replicas that are added (KIP-73), so that no broker takes more of it than `bytesPerSecond`.
 * Returns once every broker knows its rate.
 *
 * Only the sender is limited, for it knows who is in sync. A taker forgets that at each change of the partition, of which
 * the end of its own move is one; under its own limit it then fetches nothing until all else is copied, and whoever writes
 * waits for it: 5 to 10 s where 197 MiB were moved at 20 MB/s by 40 moves at once, and 4 s without that limit, measured.
 */
export async function setThrottles(
  kafka: KafkaConnection,
  changes: readonly Change[],
  { replicas, bytesPerSecond, signal }: { replicas: Replicas; bytesPerSecond: number; signal: AbortSignal },
): Promise<void> {
  const holders = new Map(replicas.partitions.map((each) => [keyOf(each), each.replicas]));
  const senders = new Map<string, string[]>();
  for (const { topic, partition } of changes.filter(({ adding }) => adding.length > 0)) {
    const list = (holders.get(keyOf({ topic, partition })) ?? []).map((id) => `${partition}:${id}`);
    senders.set(topic, [...(senders.get(topic) ?? []), ...list]);
  }
  await alterTopicConfigs(
    kafka,
    new Map([...senders].map(([topic, list]) => [topic, { [sendersKey]: list.join() }])),
  );
  const rates = senderRates(changes, { replicas, bytesPerSecond });
  for (const [id, rate] of rates) await alterBrokerConfigs(kafka, id, { [rateKey]: String(rate) });
  const holds = (config: Configs, id: number) => config[rateKey]?.value === String(rates.get(id));
  await inForce(kafka, [...rates.keys()], holds, signal);
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
  holds: (config: Configs, broker: number) => boolean,
  signal: AbortSignal,
): Promise<void> {
  await waitFor(
    'every broker to take up its replication throttle',
    async () => [...(await readBrokerConfigs(kafka, brokers))].every(([id, config]) => holds(config, id)),
    { deadlineMs: inForceWithinMs, intervalMs: 200, signal },
  );
}
