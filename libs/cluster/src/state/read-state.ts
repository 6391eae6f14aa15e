import { removedSettings } from '@kafka-ha/config';
import { valueOf, type State } from '@kafka-ha/health';
import type { KafkaConnection } from '@kafka-ha/kafka';
import { ordinals, otherQuorumComponentOf } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { reachKafka } from '../connect.ts';
import { quorumOf } from '../quorum/quorum.ts';
import { readBrokerDisks } from './read-broker-disks.ts';
import { readConsumers } from './read-consumers.ts';
import { kafkaReadings, readKafka } from './read-kafka.ts';
import { readPodsAndExporter } from './read-pods.ts';
import { reading } from './reading.ts';
import { readStatefulSets } from './read-stateful-sets.ts';
import { readZoneSource } from './read-zone-source.ts';

export type ReadStateOptions = {
  /** How far consumer groups are behind: for whoever waits for the cluster alone it is more than is wanted. */
  consumers?: boolean;
};

/**
 * Reads the live cluster once, all sources at a time, and consumers once it is known who leads what. What does not answer is reported
 * as unreadable with its reason: this throws only when the cluster's signal fires.
 */
export async function readState(
  cluster: Cluster,
  { consumers: asksConsumers = true }: ReadStateOptions = {},
): Promise<State> {
  const ids = ordinals(cluster.spec.brokers);
  await using kafka = reachKafka(cluster, {
    connectTimeoutMs: answerWithinMs,
    requestTimeoutMs: answerWithinMs,
    controllerWithinMs: 0,
  });
  const port = quorumOf(cluster);
  const other = otherQuorumComponentOf(cluster.spec);
  const [statefulSets, pods, brokers, quorum, otherQuorum, metadata, disks, zones] = await Promise.all([
    reading(() => readStatefulSets(cluster)),
    reading(() => readPodsAndExporter(cluster)),
    reading(() => readKafka(kafka, ids, cluster.signal, removedSettings(cluster.spec.versions.kafka))),
    reading(() => port.readServers()),
    other && reading(() => quorumOf(cluster, other).readServers()),
    port.readMetadata && reading(port.readMetadata),
    readBrokerDisks(kafka, ids),
    readZoneSource(cluster),
  ]);
  const ofKafka = kafkaReadings(brokers);
  const nowMs = cluster.kube.clock.wallTime();
  const consumers = asksConsumers && (await consumersOf(kafka, { topics: ofKafka.topics, disks, nowMs }));
  cluster.signal.throwIfAborted();
  return {
    statefulSets,
    pods: pods.kind === 'read' ? { kind: 'read', value: pods.value.pods } : pods,
    ...(cluster.spec.metrics && pods.kind === 'read' && { exporter: pods.value.exporter }),
    ...ofKafka,
    quorum,
    ...(otherQuorum && { otherQuorum }),
    ...(metadata && { metadata }),
    disks,
    ...(consumers && { consumers }),
    ...(zones && { zones }),
  };
}

/** Of brokers that have just told of their disks; of nobody where the topics could not be read, which is told of them. */
async function consumersOf(
  kafka: KafkaConnection,
  { topics, disks, nowMs }: Pick<State, 'topics' | 'disks'> & { nowMs: number },
): Promise<State['consumers']> {
  const known = valueOf(topics);
  const brokerIds = disks.flatMap(({ brokerId, usage }) => (usage.kind === 'read' ? [brokerId] : []));
  if (known === undefined || brokerIds.length === 0) return undefined;
  return await reading(() => readConsumers(kafka, { brokerIds, topics: known, nowMs }));
}

/** Each broker is given as much, and none waits for another. */
const answerWithinMs = 5_000;
