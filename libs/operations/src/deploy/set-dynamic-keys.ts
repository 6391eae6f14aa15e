import { isKafkaHaError } from '@kafka-ha/errors';
import {
  alterBrokerConfigs,
  readBrokerConfigs,
  readCluster,
  type KafkaConnection,
  type FencedKafka,
} from '@kafka-ha/kafka';
import { getObject, waitFor, type KubeObject } from '@kafka-ha/kube';
import { fromProperties, kafkaConfigOf, names } from '@kafka-ha/manifests';
import { dynamicChanges, poolSteps, type DynamicChange } from '@kafka-ha/planning';
import { openKafka, type Cluster, type FencedCluster } from '../connect.ts';

/** Through ZooKeeper's notification: some hundred milliseconds, more on a busy broker. */
const inForceWithinMs = 30_000;

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
  for (const each of changes) await alter(connection, each, firstStep(each), { validateOnly: true });
  for (const each of changes) {
    yield describeChange(each);
    for (const value of stepsOf(each)) {
      await alter(connection, each, value);
      await inForce(connection, each, value, signal);
    }
  }
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

/** E.g. `num.io.threads 4 → 8`. */
export function describeChange({ entity, key, from, to }: DynamicChange): string {
  const whose = entity === 'all' ? '' : ` of broker ${entity}`;
  return `${key}${whose} ${from ?? 'unset'} → ${to ?? 'as all brokers'}`;
}

/** Kafka takes a pool's size in steps, any other key at once. */
function stepsOf({ key, from, to }: DynamicChange): (string | null)[] {
  if (to === null || from === null || !isPool(key)) return [to];
  return poolSteps(Number(from), Number(to)).map(String);
}

function firstStep(change: DynamicChange): string | null {
  return stepsOf(change)[0] ?? change.to;
}

/** The keys of `DynamicThreadPool` in Kafka 3.9, and the cleaner's. */
function isPool(key: string): boolean {
  return /^(num\.(io|network|replica\.fetchers|recovery)|background\.threads|log\.cleaner\.threads)/.test(
    key,
  );
}

async function alter(
  kafka: FencedKafka,
  { entity, key }: DynamicChange,
  value: string | null,
  options: { validateOnly?: boolean } = {},
): Promise<void> {
  await alterBrokerConfigs(kafka, entity, { [key]: value }, options);
}

/** A broker that has a value of its own is told of that in its turn. */
async function inForce(
  kafka: KafkaConnection,
  { entity, key }: DynamicChange,
  value: string | null,
  signal: AbortSignal,
): Promise<void> {
  await waitFor(
    `${key} to be in force`,
    async () => {
      const { brokers } = await readCluster(kafka);
      const ids = entity === 'all' ? brokers.map(({ id }) => id) : [entity];
      const configs = [...(await readBrokerConfigs(kafka, ids)).values()].map((keys) => keys[key]);
      return configs.every((config) =>
        entity === 'all'
          ? config?.source === 'dynamic-broker' || value === null || config?.value === value
          : config?.source !== 'dynamic-broker',
      );
    },
    { deadlineMs: inForceWithinMs, intervalMs: 200, signal },
  );
}
