import { isKafkaHaError } from '@kafka-ha/base';
import { brokerKeysOf, type Spec } from '@kafka-ha/config';
import { readBrokerConfigs, readCluster, type FencedKafka, type KafkaConnection } from '@kafka-ha/kafka';
import { kafkaConfigOf } from '@kafka-ha/manifests';
import { dynamicChanges, type DynamicChange } from '@kafka-ha/planning';
import type { Cluster, FencedCluster } from '../cluster.ts';
import { openKafka } from '../connect.ts';
import { readAppliedKeys } from '../state/read-applied.ts';
import { describeChange, tellBrokers } from './tell-brokers.ts';

/**
 * Tells running brokers the file's dynamic keys, before the objects are applied: a bad value that Kafka refuses has changed
 * no object then. What they rest on is there before: volumes have grown, and replicas are as many as they were. Where no
 * broker answers, none is told; each reads the keys when it starts.
 */
export async function* setDynamicKeys(cluster: FencedCluster): AsyncGenerator<string, string> {
  const formerly = await readAppliedKeys(cluster);
  if (formerly === undefined) return 'no brokers yet';
  let kafka: FencedKafka;
  try {
    kafka = await openKafka(cluster);
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'kafka-unreachable') return 'no broker answers';
    throw error;
  }
  await using connection = kafka;
  const changes = await readDynamicChanges(cluster, connection, formerly);
  yield* tellBrokers(connection, changes, cluster.signal);
  return changes.length === 0 ? 'nothing to set' : changes.map(describeChange).join(', ');
}

/**
 * What `setDynamicKeys` would tell the brokers. Not of keys that the file's version of Kafka no longer has: its binaries would find
 * them among the settings of a running broker, and start without the file's.
 */
export async function readDynamicChanges(
  { spec }: Cluster,
  kafka: KafkaConnection,
  formerly: Readonly<Record<string, string>>,
): Promise<DynamicChange[]> {
  const { brokers } = await readCluster(kafka);
  const configs = await readBrokerConfigs(
    kafka,
    brokers.map(({ id }) => id),
  );
  const known = brokerKeysOf(spec.versions.kafka);
  const kept = Object.entries(formerly).filter(([key]) => Object.hasOwn(known, key));
  return dynamicChanges(kafkaConfigOf(spec).dynamic, Object.fromEntries(kept), configs);
}

export type DynamicConfig = Readonly<Record<string, string>>;

/**
 * The dynamic broker keys while replicas move: those of the spec, but of old and new whatever is less, where more would
 * refuse writes to a partition that has not got all its replicas yet, or fill a volume that has not given its share away.
 */
export async function configWhileMoving(kafka: KafkaConnection, spec: Spec): Promise<DynamicConfig> {
  const { dynamic } = kafkaConfigOf(spec);
  const { brokers } = await readCluster(kafka);
  const configs = await readBrokerConfigs(
    kafka,
    brokers.map(({ id }) => id),
  );
  const least = (key: string) =>
    Math.min(
      Number(dynamic[key]),
      ...[...configs.values()].map((config) => Number(config[key]?.value ?? Infinity)),
    );
  return { ...dynamic, ...Object.fromEntries(cautious.map((key) => [key, String(least(key))])) };
}

const cautious = ['min.insync.replicas', 'log.retention.bytes'];

/** Gives all running brokers these keys and returns once each has taken them up: the keys that had to be changed. */
export async function* setDynamicConfig(
  kafka: FencedKafka,
  wanted: DynamicConfig,
  signal: AbortSignal,
): AsyncGenerator<string, string[]> {
  const ids = (await readCluster(kafka)).brokers.map(({ id }) => id);
  const changes = dynamicChanges(wanted, {}, await readBrokerConfigs(kafka, ids));
  yield* tellBrokers(kafka, changes, signal);
  return [...new Set(changes.map(({ key }) => key))];
}
