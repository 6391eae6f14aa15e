import type { Reading, State } from '@kafka-ha/health';
import { openKafka, type Cluster } from '../connect.ts';
import { readBrokerDisks } from './read-broker-disks.ts';
import { readKafka } from './read-kafka.ts';
import { readPods } from './read-pods.ts';
import { reading } from './reading.ts';
import { readStatefulSets } from './read-stateful-sets.ts';
import { readZookeeper } from './read-zookeeper.ts';

/**
 * Reads the live cluster once, all sources at a time. What does not answer is reported as unreadable with its reason:
 * this throws only when `signal` fires.
 */
export async function readState(cluster: Cluster, options: { signal: AbortSignal }): Promise<State> {
  const { signal } = options;
  const [statefulSets, pods, kafka, zookeeper, disks] = await Promise.all([
    reading(() => readStatefulSets(cluster, signal)),
    reading(() => readPods(cluster, signal)),
    reading(() => readOverOneConnection(cluster, signal)),
    reading(() => readZookeeper(cluster, signal)),
    readBrokerDisks(cluster, signal),
  ]);
  signal.throwIfAborted();
  return { statefulSets, pods, ...kafkaReadings(kafka), zookeeper, disks };
}

type KafkaReadings = Pick<State, 'brokers' | 'controllerId' | 'topics' | 'reassignments' | 'brokerThrottles'>;

async function readOverOneConnection(cluster: Cluster, signal: AbortSignal): Promise<KafkaReadings> {
  await using kafka = await openKafka(cluster, signal);
  return await readKafka(kafka);
}

/** Without a connection every part that Kafka alone knows is unreadable, for the same reason. */
function kafkaReadings(kafka: Reading<KafkaReadings>): KafkaReadings {
  if (kafka.kind === 'read') return kafka.value;
  return { brokers: kafka, controllerId: kafka, topics: kafka, reassignments: kafka, brokerThrottles: kafka };
}
