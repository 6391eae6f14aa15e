import { formatRate } from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/base';
import { deleteObject, podLogs, refOf, type Pod } from '@kafka-ha/kube';
import type { Cluster, FencedCluster } from '@kafka-ha/cluster';
import { guestEnd } from '../guest/guest-end.ts';
import { guestContainer } from '@kafka-ha/manifests';
import { guestFailed, podOfJob, startGuest } from '../guest/run-guest.ts';
import { parseProducerLog, writtenMs, type ProducerLog } from './producer-log.ts';
import { producerJob, recordBytes, type ProducerRun } from './producer-job.ts';

export type ProducerOptions = Pick<ProducerRun, 'phase' | 'topic' | 'records'> & {
  /** It is stopped when it has written for so long and is not done. */
  longestMs: number;
  /** For how long it is meant to write, to say how far it is. */
  aimMs: number;
};

const pollMs = 2_000;
/** From the Job's creation to its first record, and what a client's retries take when brokers are away. */
const marginSeconds = 240;
/** An hour's worth: one every five seconds, and the client's own complaints. */
const logLines = 2_000;

/** Runs the producer to its end or as long as it may, telling how fast it is. */
export async function* runProducer(
  cluster: FencedCluster,
  options: ProducerOptions,
): AsyncGenerator<string, ProducerLog> {
  const { kube, spec, signal } = cluster;
  const { longestMs, aimMs, phase, topic, records } = options;
  const deadlineSeconds = Math.ceil(longestMs / 1000) + marginSeconds;
  const job = producerJob(spec, { phase, topic, records, deadlineSeconds });
  yield 'starting the producer';
  await startGuest(cluster, job);
  for (;;) {
    await kube.clock.sleep(pollMs, signal);
    const { pod, lines, end } = await readProducer(cluster, job.metadata.name);
    const log = parseProducerLog(lines);
    if (end === 'succeeded') return log;
    if (end === 'failed') throw guestFailed('bench', pod, lines);
    yield describe(log, aimMs);
    if (writtenMs(log) >= longestMs) {
      await deleteObject(kube, refOf(job), { signal });
      return log;
    }
  }
}

/**
 * How a producer's Job is doing, and what it has printed.
 *
 * @throws KafkaHaError `pod-failed` where its pod is gone.
 */
export async function readProducer(
  cluster: Cluster,
  job: string,
): Promise<{ pod: Pod; lines: string[]; end: ReturnType<typeof guestEnd> }> {
  const { kube, spec, signal } = cluster;
  const pod = await podOfJob(cluster, job);
  if (pod === undefined)
    throw new KafkaHaError('pod-failed', 'The pod of the producer is gone: something deleted it.');
  const lines = await podLogs(kube, {
    namespace: spec.namespace,
    pod: pod.metadata.name,
    container: guestContainer.bench,
    tailLines: logLines,
    signal,
  });
  return { pod, lines, end: guestEnd('bench', pod) };
}

function describe(log: ProducerLog, aimMs: number): string {
  const last = log.intervals.at(-1);
  if (last === undefined) return 'the first records are on their way';
  const rate = formatRate(last.recordsPerSecond * recordBytes);
  const failures = log.failures === 0 ? '' : `, ${log.failures} sends failed`;
  return `${Math.round(writtenMs(log) / 1000)} of ${Math.round(aimMs / 1000)} s: ${rate}, acknowledged after ${Math.round(last.averageLatency)} ms${failures}`;
}
