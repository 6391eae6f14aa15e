import { groupBy, waitFor } from '@kafka-ha/base';
import {
  alterBrokerConfigs,
  alterTopicConfigs,
  readBrokerConfigs,
  type Configs,
  type FencedKafka,
} from '@kafka-ha/kafka';
import { type ReplicaChange, keyOf, type Replicas, senderRates } from '@kafka-ha/planning';

/** Brokers: bytes per second of what is sent of the replicas that the topics name. */
const rateKey = 'leader.replication.throttled.rate';
const brokerKeys = [rateKey, 'follower.replication.throttled.rate'];
/** Topics: a list of `partition:broker`, or `*`. */
const sendersKey = 'leader.replication.throttled.replicas';

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
  kafka: FencedKafka,
  changes: readonly ReplicaChange[],
  { replicas, bytesPerSecond, signal }: { replicas: Replicas; bytesPerSecond: number; signal: AbortSignal },
): Promise<void> {
  const holders = new Map(replicas.partitions.map((each) => [keyOf(each), each.replicas]));
  const sendersOf = (change: ReplicaChange) =>
    (holders.get(keyOf(change)) ?? []).map((id) => `${change.partition}:${id}`);
  const senders = groupBy(
    changes.filter(({ adding }) => adding.length > 0),
    ({ topic }) => topic,
  );
  await alterTopicConfigs(
    kafka,
    new Map([...senders].map(([topic, of]) => [topic, { [sendersKey]: replicaList(of.flatMap(sendersOf)) }])),
  );
  const rates = senderRates(changes, { replicas, bytesPerSecond });
  for (const [id, rate] of rates) await alterBrokerConfigs(kafka, id, { [rateKey]: String(rate) });
  const holds = (config: Configs, id: number) => config[rateKey]?.value === String(rates.get(id));
  await throttlesInForce(kafka, [...rates.keys()], holds, signal);
}

/** A value has 32,767 bytes at the most in the protocol. */
const longestListBytes = 30_000;

/** Where there are too many to be named, all of the topic: whoever is in sync is not held up by its leader's limit. */
function replicaList(replicas: readonly string[]): string {
  const list = replicas.join();
  return list.length > longestListBytes ? '*' : list;
}

/** Returns once each broker has taken up what it was told. */
export async function throttlesInForce(
  kafka: FencedKafka,
  brokers: readonly number[],
  holds: (config: Configs, broker: number) => boolean,
  signal: AbortSignal,
): Promise<void> {
  await waitFor(
    'every broker to take up its replication throttle',
    async () =>
      [...(await readBrokerConfigs(kafka, brokers, { keys: brokerKeys }))].every(([id, config]) =>
        holds(config, id),
      ),
    { deadlineMs: inForceWithinMs, intervalMs: 200, signal },
  );
}
