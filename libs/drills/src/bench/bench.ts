import { formatDuration, formatRate } from '@kafka-ha/config';
import { messageOf, runStep, type StepEvent } from '@kafka-ha/base';
import {
  type Actor,
  awaitHealthy,
  type Cluster,
  type FencedCluster,
  lockStep,
  openKafka,
  readPods,
  samplePod,
  withLease,
  withSignal,
} from '@kafka-ha/cluster';
import { benchPartitions, benchTopic } from './bench-topic.ts';
import { createBenchTopic, removeBenchTraces } from './bench-traces.ts';
import type { BenchResult } from './bench-result.ts';
import { composeBenchResult } from './compose-result.ts';
import type { ProducerLog } from './producer-log.ts';
import { recordBytes } from './producer-job.ts';
import { refuseBusyCluster } from './refuse-busy-cluster.ts';
import { runProducer } from './run-producer.ts';
import { keepSampling, podsToSample, samplePods } from './sample-pods.ts';
import { summarizeProducerLog } from './summarize-producer-log.ts';

export type BenchOptions = {
  /** For how long to write while measuring, about: a warm-up of 20 to 30 s comes before it. */
  durationMs: number;
  /** Also where others are writing. */
  evenIfBusy: boolean;
  actor: Actor;
};

const steps = [
  lockStep,
  { id: 'check', title: 'Check that the cluster is healthy and idle' },
  { id: 'topic', title: 'Create a topic' },
  { id: 'warm-up', title: 'Warm up' },
  { id: 'measure', title: 'Write at full speed' },
  { id: 'clean', title: 'Remove the topic and the producer' },
];

const healthDeadlineMs = 15_000;
const cleaningMs = 60_000;
const moreThanEverWritten = 1_000_000_000;

/**
 * Writes to a topic of its own as fast as Kafka's own producer can, and tells how fast that was and what it took:
 * throughput, latency, the brokers' CPU, everybody's memory by kind, restarts and OOM kills. Removes topic and producer
 * afterwards, and what an earlier bench has left before.
 *
 * @throws KafkaHaError `unhealthy`, `conflict` where others are writing, `lock-held`, `pod-failed` where the producer
 * fails.
 */
export async function* bench(
  cluster: Cluster,
  options: BenchOptions,
): AsyncGenerator<StepEvent, BenchResult> {
  yield { kind: 'steps', steps };
  return yield* withLease(cluster, { ...options, operation: 'bench' }, async function* (cluster) {
    yield* runStep('check', () => check(cluster, options));
    let result: BenchResult | undefined;
    try {
      result = yield* measure(cluster, options.durationMs);
    } finally {
      if (result === undefined) await clean(cluster).catch(() => undefined);
    }
    yield* cleanAfterwards(cluster);
    return result;
  });
}

/** Not stopped by the caller's signal: what is measured is measured, and this is a matter of seconds. */
function clean(cluster: FencedCluster): Promise<void> {
  return removeBenchTraces(withSignal(cluster, AbortSignal.timeout(cleaningMs)));
}

async function* cleanAfterwards(cluster: FencedCluster): AsyncGenerator<StepEvent, void> {
  try {
    yield* runStep('clean', async function* () {
      yield `waiting for ${benchTopic} and its producer to go`;
      await clean(cluster);
    });
  } catch (error) {
    yield {
      kind: 'warning',
      message: `not everything could be removed: ${messageOf(error)}`,
      hint: 'The next bench removes it.',
    };
  }
}

async function* measure(cluster: FencedCluster, durationMs: number): AsyncGenerator<StepEvent, BenchResult> {
  yield* runStep('topic', () => createTopic(cluster));
  const targets = podsToSample(cluster);
  const podsBefore = await readPods(cluster);
  const failed = new AbortController();
  const sampling = keepSampling(
    withSignal(cluster, AbortSignal.any([cluster.signal, failed.signal])),
    targets,
  );
  try {
    const warmUp = yield* runStep('warm-up', () => warm(cluster, durationMs), describe);
    const recordsWanted = recordsFor(durationMs, warmUp);
    const from = await samplePods(cluster, targets);
    const run = yield* runStep(
      'measure',
      () =>
        runProducer(cluster, {
          phase: 'measure',
          topic: benchTopic,
          records: recordsWanted,
          aimMs: durationMs,
          longestMs: 1.5 * durationMs,
        }),
      describe,
    );
    const to = await samplePods(cluster, targets);
    await sampling.stop();
    const podsAfter = await readPods(cluster);
    const { samples } = sampling;
    const measured = { warmUp, run, recordsWanted, targets, samples, from, to, podsBefore, podsAfter };
    return composeBenchResult(cluster.spec, measured);
  } finally {
    failed.abort();
  }
}

async function* check(
  cluster: Cluster,
  { evenIfBusy }: Pick<BenchOptions, 'evenIfBusy'>,
): AsyncGenerator<string, string> {
  const health = yield* awaitHealthy(cluster, { deadlineMs: healthDeadlineMs });
  await Promise.all(podsToSample(cluster).map((target) => samplePod(cluster, target)));
  if (evenIfBusy) return health;
  yield 'checking whether others are writing';
  await using kafka = await openKafka(cluster);
  await refuseBusyCluster(kafka, cluster.kube.clock, cluster.signal);
  return `${health}, and nobody is writing`;
}

async function* createTopic(cluster: FencedCluster): AsyncGenerator<string, string> {
  yield 'removing what an earlier bench left behind';
  await removeBenchTraces(cluster);
  yield `creating ${benchTopic}`;
  await createBenchTopic(cluster);
  return `${benchTopic}: ${benchPartitions} partitions on ${cluster.spec.replication.factor} brokers each`;
}

/** After half a minute the brokers' hot code is compiled. A short bench has at least 20 s of it, or it would measure that. */
function warm(cluster: FencedCluster, durationMs: number): AsyncGenerator<string, ProducerLog> {
  const aimMs = Math.min(30_000, Math.max(20_000, durationMs / 2));
  return runProducer(cluster, {
    phase: 'warm-up',
    topic: benchTopic,
    records: moreThanEverWritten,
    aimMs,
    longestMs: aimMs,
  });
}

/**
 * The producer tells its percentiles only when it has sent as many records as it was told to. So it gets what the
 * warm-up's best interval would write in that time, and a tenth more, as it is still getting faster.
 */
function recordsFor(durationMs: number, { intervals }: ProducerLog): number {
  const fastest = Math.max(...intervals.map(({ recordsPerSecond }) => recordsPerSecond));
  return Math.ceil((1.1 * fastest * durationMs) / 1000);
}

function describe(log: ProducerLog): string {
  const { records, durationMs, recordsPerSecond } = summarizeProducerLog(log);
  const rate = formatRate(recordsPerSecond * recordBytes);
  return `${rate}: ${records.toLocaleString('en')} records in ${formatDuration(durationMs)}`;
}
