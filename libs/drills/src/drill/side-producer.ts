import { formatRate } from '@kafka-ha/config';
import { KafkaHaError, waitFor } from '@kafka-ha/base';
import { openKafka, readBrokerDisks, type Cluster, type FencedCluster, withSignal } from '@kafka-ha/cluster';
import type { Throughput } from '@kafka-ha/history';
import { deleteTopics } from '@kafka-ha/kafka';
import type { Pod } from '@kafka-ha/kube';
import { ordinals } from '@kafka-ha/manifests';
import { benchTopic, newBenchTopic } from '../bench/bench-topic.ts';
import { producerJob, recordBytes } from '../bench/producer-job.ts';
import { parseProducerLog, writtenMs, type ProducerLog } from '../bench/producer-log.ts';
import { producerLines } from '../bench/run-producer.ts';
import { createTopicAnew } from '../guest/create-topic-anew.ts';
import { guestEnd } from '../guest/guest-end.ts';
import { guestFailed, podOfJob, removeGuests, startGuest } from '../guest/run-guest.ts';

/** As long as a drill's load may last. */
const deadlineSeconds = 30 * 60;
/** Its JVM is fast after some 20 s, and it tells how fast every five. */
const reachedWithinMs = 60_000;
/** Of what it is to write: less is another drill. */
const leastShare = 0.9;

/** A producer that writes at a steady rate beside the load that is checked, so that brokers have as much to do as they will have. */
export type SideProducer = {
  /** Ends it and tells what it wrote. */
  stop: () => Promise<Throughput>;
};

/**
 * Starts it and waits until it writes at that rate, to a topic of its own.
 *
 * @throws KafkaHaError `unhealthy` where the disks have no room for it, or the cluster does not take that much;
 * `pod-failed` where it ends.
 */
export async function startSideProducer(
  cluster: FencedCluster,
  bytesPerSecond: number,
): Promise<SideProducer> {
  const { spec, kube, signal } = cluster;
  await removeSideProducer(cluster);
  await createTopic(cluster);
  const recordsPerSecond = Math.ceil(bytesPerSecond / recordBytes);
  const records = recordsPerSecond * deadlineSeconds;
  const job = producerJob(spec, {
    ...{ phase: 'beside', topic: benchTopic, deadlineSeconds },
    ...{ records, recordsPerSecond },
  });
  const { name } = job.metadata;
  await startGuest(cluster, job);
  let reached = 0;
  await waitFor(
    () =>
      `a producer to write ${formatRate(bytesPerSecond)} beside the load: it writes ${formatRate(reached)}`,
    async (probeSignal) => {
      reached = lastRate(await readLog(withSignal(cluster, probeSignal), name));
      return reached >= leastShare * bytesPerSecond;
    },
    { deadlineMs: reachedWithinMs, intervalMs: 1_000, signal, clock: kube.clock },
  );
  return {
    stop: async () => {
      const log = await readLog(cluster, name);
      await removeSideProducer(cluster);
      return throughputOf(log, bytesPerSecond);
    },
  };
}

/** Its average, what it could not write at once included. */
export function throughputOf(log: ProducerLog, bytesPerSecond: number): Throughput {
  const records = log.intervals.reduce((sum, interval) => sum + interval.records, 0);
  const reached = (records * recordBytes * 1000) / Math.max(1, writtenMs(log));
  return { bytesPerSecond, reachedBytesPerSecond: Math.round(reached), failedRecords: log.failures };
}

/** Of this drill, or of an earlier one; what is not there is no error. */
export async function removeSideProducer(cluster: FencedCluster): Promise<void> {
  await removeGuests(cluster, 'bench');
  await using kafka = await openKafka(cluster);
  await deleteTopics(kafka, [benchTopic]);
}

async function createTopic(cluster: FencedCluster): Promise<void> {
  await using kafka = await openKafka(cluster);
  const disks = await readBrokerDisks(kafka, ordinals(cluster.spec.brokers));
  await createTopicAnew(kafka, newBenchTopic(cluster.spec, disks), cluster.signal);
}

function lastRate({ intervals }: ProducerLog): number {
  return (intervals.at(-1)?.recordsPerSecond ?? 0) * recordBytes;
}

/** @throws KafkaHaError `pod-failed` where it has ended, for it writes for longer than any drill. */
async function readLog(cluster: Cluster, job: string): Promise<ProducerLog> {
  const pod = await podOfJob(cluster, job);
  if (pod === undefined)
    throw new KafkaHaError(
      'pod-failed',
      'The pod of the producer beside the load is gone: something deleted it.',
    );
  const lines = await producerLines(cluster, pod);
  if (hasEnded(pod)) throw guestFailed('bench', pod, lines);
  return parseProducerLog(lines);
}

function hasEnded(pod: Pod): boolean {
  return guestEnd('bench', pod) !== undefined;
}
