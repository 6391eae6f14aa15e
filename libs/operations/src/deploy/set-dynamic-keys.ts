import { isKafkaHaError } from '@kafka-ha/errors';
import { readBrokerConfigs, readCluster, type KafkaConnection } from '@kafka-ha/kafka';
import { getObject, type KubeObject } from '@kafka-ha/kube';
import { fromProperties, kafkaConfigOf, names } from '@kafka-ha/manifests';
import { dynamicChanges, type DynamicChange } from '@kafka-ha/planning';
import { openKafka, type Cluster } from '../connect.ts';
import { describeChange, tellBrokers } from './tell-brokers.ts';

/**
 * Tells running brokers the file's dynamic keys, before the objects are applied: Kafka refuses a bad value, and then
 * nothing has changed. Where no broker answers, none is told; each reads the keys when it starts.
 */
export async function* setDynamicKeys(
  cluster: FencedCluster,
  signal: AbortSignal,
): AsyncGenerator<string, string> {
  const formerly = await readAppliedKeys(cluster, signal);
  if (formerly === undefined) return 'no brokers yet';
  let kafka: FencedKafka;
  try {
    kafka = await openKafka(cluster, signal);
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'kafka-unreachable') return 'no broker answers';
    throw error;
  }
  await using connection = kafka;
  const changes = await readDynamicChanges(cluster, connection, formerly);
  yield* tellBrokers(connection, changes, signal);
  return changes.length === 0 ? 'nothing to set' : changes.map(describeChange).join(', ');
}

/** What `setDynamicKeys` would tell the brokers. */
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
  return dynamicChanges(kafkaConfigOf(spec).dynamic, formerly, configs);
}

/** The dynamic keys that were applied last; undefined before the first deploy. */
export async function readAppliedKeys(
  { kube, spec }: Cluster,
  signal: AbortSignal,
): Promise<Record<string, string> | undefined> {
  const ref = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: spec.namespace,
    name: names(spec).dynamicConfig,
  };
  const map = await getObject<KubeObject & { data?: Record<string, string> }>(kube, ref, { signal });
  return map === undefined ? undefined : fromProperties(map.data?.['dynamic.properties'] ?? '');
}
