import { formatRate } from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/errors';
import { deleteObject, listObjects, podLogs, refOf, request, waitFor, type Pod } from '@kafka-ha/kube';
import type { Cluster } from '../connect.ts';
import { parseProducerLog, writtenMs, type ProducerLog } from './producer-log.ts';
import { producerJob, recordBytes, type ProducerRun } from './producer-job.ts';

export type ProducerOptions = Pick<ProducerRun, 'phase' | 'topic' | 'records'> & {
  /** It is stopped when it has written for so long and is not done. */
  longestMs: number;
  /** For how long it is meant to write, to say how far it is. */
  aimMs: number;
  signal: AbortSignal;
};

const startDeadlineMs = 90_000;
const pollMs = 2_000;
/** From the Job's creation to its first record, and what a client's retries take when brokers are away. */
const marginSeconds = 240;
/** An hour's worth: one every five seconds, and the client's own complaints. */
const logLines = 2_000;

/** Runs the producer to its end or as long as it may, telling how fast it is. */
export async function* runProducer(
  cluster: Cluster,
  options: ProducerOptions,
): AsyncGenerator<string, ProducerLog> {
  const { kube, spec } = cluster;
  const { signal, longestMs, aimMs, phase, topic, records } = options;
  const deadlineSeconds = Math.ceil(longestMs / 1000) + marginSeconds;
  const job = producerJob(spec, { phase, topic, records, deadlineSeconds });
  yield 'starting the producer';
  await request(kube, {
    method: 'POST',
    path: `/apis/batch/v1/namespaces/${spec.namespace}/jobs`,
    body: job,
    what: `create Job ${spec.namespace}/${job.metadata.name}`,
    signal,
  });
  await waitUntilItRuns(cluster, job.metadata.name, signal);
  for (;;) {
    await kube.clock.sleep(pollMs, signal);
    const pod = await podOfJob(cluster, job.metadata.name, signal);
    if (pod === undefined)
      throw new KafkaHaError(
        'pod-failed',
        'The pod of the producer is gone: somebody or something deleted it.',
      );
    const lines = await podLogs(kube, {
      namespace: spec.namespace,
      pod: pod.metadata.name,
      tailLines: logLines,
      signal,
    });
    const log = parseProducerLog(lines);
    if (pod.status?.phase === 'Succeeded') return log;
    if (pod.status?.phase === 'Failed') throw producerFailed(pod, lines);
    yield describe(log, aimMs);
    if (writtenMs(log) >= longestMs) {
      await deleteObject(kube, refOf(job), { signal });
      return log;
    }
  }
}

function describe(log: ProducerLog, aimMs: number): string {
  const last = log.intervals.at(-1);
  if (last === undefined) return 'the first records are on their way';
  const rate = formatRate(last.recordsPerSecond * recordBytes);
  const failures = log.failures === 0 ? '' : `, ${log.failures} sends failed`;
  return `${Math.round(writtenMs(log) / 1000)} of ${Math.round(aimMs / 1000)} s: ${rate}, acknowledged after ${Math.round(last.averageLatency)} ms${failures}`;
}

async function waitUntilItRuns(cluster: Cluster, job: string, signal: AbortSignal): Promise<void> {
  let seen: Pod | undefined;
  await waitFor(
    () => `the producer to run: its pod ${whyNotRunning(seen)}`,
    async (probeSignal) => {
      seen = await podOfJob(cluster, job, probeSignal);
      const { phase = 'Pending' } = seen?.status ?? {};
      return seen === undefined || phase === 'Pending' ? undefined : seen;
    },
    { deadlineMs: startDeadlineMs, intervalMs: 500, signal, clock: cluster.kube.clock },
  );
}

function whyNotRunning(pod: Pod | undefined): string {
  if (pod === undefined) return 'is not there yet';
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (unscheduled !== undefined) return `is not scheduled: ${unscheduled.message ?? unscheduled.reason}`;
  const waiting = pod.status?.containerStatuses?.[0]?.state?.waiting;
  return waiting === undefined ? 'is starting' : `waits: ${waiting.message ?? waiting.reason}`;
}

async function podOfJob({ kube, spec }: Cluster, job: string, signal: AbortSignal): Promise<Pod | undefined> {
  const [pod] = await listObjects<Pod>(
    kube,
    {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: spec.namespace,
      labelSelector: `batch.kubernetes.io/job-name=${job}`,
    },
    { signal },
  );
  return pod;
}

function producerFailed(pod: Pod, lines: readonly string[]): KafkaHaError {
  const ended = pod.status?.containerStatuses?.[0]?.state?.terminated;
  const how = ended === undefined ? '' : ` with exit code ${ended.exitCode} (${ended.reason ?? 'Error'})`;
  return new KafkaHaError('pod-failed', `The producer ended${how}.`, { details: lines.slice(-20) });
}
