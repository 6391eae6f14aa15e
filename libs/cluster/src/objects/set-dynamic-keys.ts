import { isKafkaHaError } from '@kafka-ha/base';
import { brokerKeysOf } from '@kafka-ha/config';
import { readBrokerConfigs, readCluster, type FencedKafka, type KafkaConnection } from '@kafka-ha/kafka';
import { kafkaConfigOf } from '@kafka-ha/manifests';
import { dynamicChanges, type DynamicChange } from '@kafka-ha/planning';
import type { Cluster, FencedCluster } from '../cluster.ts';
import { openKafka } from '../connect.ts';
import { readAppliedKeys } from '../state/read-applied-keys.ts';
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
