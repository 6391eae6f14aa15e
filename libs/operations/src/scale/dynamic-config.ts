import type { Spec } from '@kafka-ha/config';
import {
  alterBrokerConfigs,
  readBrokerConfigs,
  readCluster,
  type KafkaConnection,
  type FencedKafka,
} from '@kafka-ha/kafka';
import { waitFor } from '@kafka-ha/kube';
import { kafkaConfigOf } from '@kafka-ha/manifests';

export type DynamicConfig = Readonly<Record<string, string>>;

const inForceWithinMs = 30_000;

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
export async function setDynamicConfig(
  kafka: FencedKafka,
  wanted: DynamicConfig,
  signal: AbortSignal,
): Promise<string[]> {
  const ids = (await readCluster(kafka)).brokers.map(({ id }) => id);
  const differing = async () => {
    const configs = [...(await readBrokerConfigs(kafka, ids)).values()];
    return Object.keys(wanted).filter((key) => configs.some((config) => config[key]?.value !== wanted[key]));
  };
  const keys = await differing();
  if (keys.length === 0) return [];
  await alterBrokerConfigs(kafka, 'all', Object.fromEntries(keys.map((key) => [key, wanted[key] ?? null])));
  await waitFor(`every broker to take up ${keys.join(', ')}`, async () => (await differing()).length === 0, {
    deadlineMs: inForceWithinMs,
    intervalMs: 200,
    signal,
  });
  return keys;
}
