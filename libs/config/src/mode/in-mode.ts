import { KafkaHaError } from '@kafka-ha/base';
import { defaultKafka } from './default-versions.ts';
import { migratedRelease, type Mode } from './mode.ts';
import { kafkaVersionRefusal } from './kafka-version.ts';
import type { Spec } from '../spec.ts';

/**
 * The same cluster in another mode of its way from ZooKeeper to KRaft.
 *
 * @throws KafkaHaError `invalid-usage` where its versions cannot go that way.
 */
export function inMode(spec: Spec, mode: Mode): Spec {
  const { kafka, interBrokerProtocol } = spec.versions;
  const why =
    kafkaVersionRefusal('migrating', kafka) ??
    (interBrokerProtocol === migratedRelease
      ? undefined
      : `The brokers' protocol is ${interBrokerProtocol}, and has to be ${migratedRelease} to leave ZooKeeper`);
  const hint = kafka.startsWith('3.')
    ? `Run kafka-ha upgrade --kafka ${defaultKafka.migrating}, then kafka-ha upgrade --finalize.`
    : `Write versions: { kafka: ${defaultKafka.migrating} } into the cluster file. Kafka 4 comes afterwards, by kafka-ha upgrade.`;
  if (why !== undefined)
    throw new KafkaHaError('invalid-usage', `${why}.`, { hint: `${hint} Nothing was changed.` });
  return { ...spec, mode, versions: { ...spec.versions, metadata: migratedRelease } };
}
