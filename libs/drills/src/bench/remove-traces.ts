import { deleteTopics } from '@kafka-ha/kafka';
import { openKafka, type FencedCluster } from '@kafka-ha/cluster';
import { removeGuests } from '../guest/run-guest.ts';
import { benchTopic } from './bench-topic.ts';

/** Removes what this or an earlier bench has made: first the producers, then the topic. What is not there is no error. */
export async function removeTraces(cluster: FencedCluster, signal: AbortSignal): Promise<void> {
  await removeGuests(cluster, 'bench', signal);
  await using kafka = await openKafka(cluster, signal);
  await deleteTopics(kafka, [benchTopic]);
}
