import { formatRate } from '@kafka-ha/config';
import { waitFor } from '@kafka-ha/base';
import { type Cluster, type FencedCluster, withSignal } from '@kafka-ha/cluster';
import type { Throughput } from '@kafka-ha/history';
import { benchTopic } from '../bench/bench-topic.ts';
import { createBenchTopic, removeBenchTraces } from '../bench/bench-traces.ts';
import { producerJob, recordBytes } from '../bench/producer-job.ts';
import { parseProducerLog, writtenMs, type ProducerLog } from '../bench/producer-log.ts';
import { readProducer } from '../bench/run-producer.ts';
import { guestFailed, startGuest } from '../guest/run-guest.ts';
import { loadDeadlineSeconds } from './workload/workload-objects.ts';

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
 * @throws KafkaHaError `unhealthy` where the disks have no room for it, `deadline-exceeded` where the cluster does not take
 * that much, `pod-failed` where it ends.
 */
export async function startSideProducer(
  cluster: FencedCluster,
  bytesPerSecond: number,
): Promise<SideProducer> {
  const { spec, kube, signal } = cluster;
  await removeBenchTraces(cluster);
  await createBenchTopic(cluster);
  const recordsPerSecond = Math.ceil(bytesPerSecond / recordBytes);
  const records = recordsPerSecond * loadDeadlineSeconds;
  const job = producerJob(spec, {
    phase: 'beside',
    topic: benchTopic,
    deadlineSeconds: loadDeadlineSeconds,
    records,
    recordsPerSecond,
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
      try {
        return throughputOf(await readLog(cluster, name), bytesPerSecond);
      } finally {
        // It writes no more, also where it could not be asked; what is left goes at the end of the drills.
        await removeBenchTraces(cluster).catch(() => undefined);
      }
    },
  };
}

/** Its average, what it could not write at once included. */
export function throughputOf(log: ProducerLog, bytesPerSecond: number): Throughput {
  const records = log.intervals.reduce((sum, interval) => sum + interval.records, 0);
  const reached = (records * recordBytes * 1000) / Math.max(1, writtenMs(log));
  return { bytesPerSecond, reachedBytesPerSecond: Math.round(reached), failedRecords: log.failures };
}

function lastRate({ intervals }: ProducerLog): number {
  return (intervals.at(-1)?.recordsPerSecond ?? 0) * recordBytes;
}

/** @throws KafkaHaError `pod-failed` where it has ended, for it writes for longer than any drill. */
async function readLog(cluster: Cluster, job: string): Promise<ProducerLog> {
  const { pod, lines, end } = await readProducer(cluster, job);
  if (end !== undefined) throw guestFailed('bench', pod, lines);
  return parseProducerLog(lines);
}
