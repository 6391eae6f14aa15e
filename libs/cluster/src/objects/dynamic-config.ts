import type { Spec } from '@kafka-ha/config';
import { readBrokerConfigs, readCluster, type FencedKafka, type KafkaConnection } from '@kafka-ha/kafka';
import { kafkaConfigOf } from '@kafka-ha/manifests';
import { dynamicChanges } from '@kafka-ha/planning';
import { tellBrokers } from './tell-brokers.ts';

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
