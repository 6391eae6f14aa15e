import type { PodSample, SampledPod } from '@kafka-ha/cluster';
import { components, ofComponent } from '@kafka-ha/manifests';
import type { Spec } from '@kafka-ha/config';
import type { PodState } from '@kafka-ha/health';
import type { BenchResult, PodUsage } from './bench-result.ts';
import { benchPartitions, benchTopic } from './bench-topic.ts';
import type { ProducerLog } from './producer-log.ts';
import { recordBytes } from './producer-job.ts';
import { summarizeProducerLog } from './summarize-producer-log.ts';
import { cpuSecondsBetween, highest, memoryPeaks, oomKillsIn } from './usage.ts';

export type Measured = {
  warmUp: ProducerLog;
  run: ProducerLog;
  /** How many records the run was told to send. */
  recordsWanted: number;
  targets: readonly SampledPod[];
  /** All samples, those of the warm-up too. */
  samples: ReadonlyMap<string, readonly PodSample[]>;
  /** Where the run began and ended; a pod that was away then has none. */
  from: ReadonlyMap<string, PodSample>;
  to: ReadonlyMap<string, PodSample>;
  podsBefore: readonly PodState[];
  podsAfter: readonly PodState[];
};

const gigabyte = 1e9;

export function composeBenchResult(spec: Spec, measured: Measured): BenchResult {
  const { run, recordsWanted } = measured;
  const warmUp = summarizeProducerLog(measured.warmUp);
  const { records, durationMs, recordsPerSecond, latency } = summarizeProducerLog(run);
  const pods = measured.targets.map((target) => usageOf(spec, target, measured));
  const brokers = ofComponent(pods, 'kafka');
  const brokerCpuSeconds = brokers.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  return {
    topic: benchTopic,
    partitions: benchPartitions,
    replicationFactor: spec.replication.factor,
    recordBytes,
    records,
    failedRecords: run.total === undefined ? run.failures : recordsWanted - run.total.records,
    durationMs,
    recordsPerSecond,
    bytesPerSecond: recordsPerSecond * recordBytes,
    latency,
    warmUp: { durationMs: warmUp.durationMs, bytesPerSecond: warmUp.recordsPerSecond * recordBytes },
    brokerCpu: {
      seconds: brokerCpuSeconds,
      secondsPerGb: records === 0 ? 0 : brokerCpuSeconds / ((records * recordBytes) / gigabyte),
    },
    worstBroker: highest(brokers.map(({ peaks }) => peaks)),
    pods,
  };
}

function usageOf(spec: Spec, { pod, component }: SampledPod, measured: Measured): PodUsage {
  const samples = measured.samples.get(pod) ?? [];
  const from = measured.from.get(pod);
  const to = measured.to.get(pod);
  const all = [from, ...samples, to].filter((sample) => sample !== undefined);
  const before = measured.podsBefore.find(({ name }) => name === pod);
  const after = measured.podsAfter.find(({ name }) => name === pod);
  return {
    pod,
    component,
    limitBytes: components[component].wanted(spec).memoryBytes,
    peaks: memoryPeaks(all),
    cpuSeconds: cpuSecondsBetween(samples, from, to),
    ...endingsOf(before, after, oomKillsIn(all)),
  };
}

/** A pod that was replaced counts its restarts from 0, so that its start tells. */
function endingsOf(
  before: PodState | undefined,
  after: PodState | undefined,
  oomKillsSeen: number,
): Pick<PodUsage, 'restarts' | 'oomKills'> {
  const more = (after?.restarts ?? 0) - (before?.restarts ?? 0);
  const restarts = Math.max(more, after?.startedAt === before?.startedAt ? 0 : 1);
  const wasKilled = restarts > 0 && after?.lastTermination?.reason === 'OOMKilled';
  return { restarts, oomKills: Math.max(oomKillsSeen, wasKilled ? 1 : 0) };
}
