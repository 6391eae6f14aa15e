import { removedSettings } from '@kafka-ha/config';
import type { State } from '@kafka-ha/health';
import { ordinals, otherQuorumComponentOf } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { reachKafka } from '../connect.ts';
import { quorumOf } from '../quorum/quorum.ts';
import { readBrokerDisks } from './read-broker-disks.ts';
import { kafkaReadings, readKafka } from './read-kafka.ts';
import { readPodsAndExporter } from './read-pods.ts';
import { reading } from './reading.ts';
import { readStatefulSets } from './read-stateful-sets.ts';
import { readZoneSource } from './read-zone-source.ts';

/**
 * Reads the live cluster once, all sources at a time. What does not answer is reported as unreadable with its reason:
 * this throws only when the cluster's signal fires.
 */
export async function readState(cluster: Cluster): Promise<State> {
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
  cluster.signal.throwIfAborted();
  return {
    statefulSets,
    pods: pods.kind === 'read' ? { kind: 'read', value: pods.value.pods } : pods,
    ...(cluster.spec.metrics && pods.kind === 'read' && { exporter: pods.value.exporter }),
    ...kafkaReadings(brokers),
    quorum,
    ...(otherQuorum && { otherQuorum }),
    ...(metadata && { metadata }),
    disks,
    ...(zones && { zones }),
  };
}

/** Each broker is given as much, and none waits for another. */
const answerWithinMs = 5_000;
