import { openKafka, readBrokerDisks, type FencedCluster } from '@kafka-ha/cluster';
import { deleteTopics } from '@kafka-ha/kafka';
import { ordinals } from '@kafka-ha/manifests';
import { createTopicAnew } from '../guest/create-topic-anew.ts';
import { removeGuests } from '../guest/run-guest.ts';
import { benchTopic, newBenchTopic } from './bench-topic.ts';

/** @throws KafkaHaError `unhealthy` where the disks have no room for it. */
export async function createBenchTopic(cluster: FencedCluster): Promise<void> {
  await using kafka = await openKafka(cluster);
  const disks = await readBrokerDisks(kafka, ordinals(cluster.spec.brokers));
  await createTopicAnew(kafka, newBenchTopic(cluster.spec, disks), cluster.signal);
}

/** Removes what this or an earlier bench has made: first the producers, then the topic. What is not there is no error. */
export async function removeBenchTraces(cluster: FencedCluster): Promise<void> {
  await removeGuests(cluster, 'bench');
  await using kafka = await openKafka(cluster);
  await deleteTopics(kafka, [benchTopic]);
}
