import { readFile } from 'node:fs/promises';
import {
  autosize as newSizes,
  editClusterFile,
  formatBytes,
  formatRate,
  type NewSizes,
  type Usage,
} from '@kafka-ha/config';
import { runStep, type Clock, type StepEvent } from '@kafka-ha/base';
import { type Cluster, openKafka, readLogSizes } from '@kafka-ha/cluster';
import { type KafkaConnection, readCluster, readDisks } from '@kafka-ha/kafka';
import { inflowBetween } from '@kafka-ha/planning';
import { replaceClusterFile } from '../cluster-file/replace-cluster-file.ts';

/** A segment that retention takes hides what came to its partition in the same slice only. */
const sliceMs = 2_000;

export type AutosizeOptions = {
  /** The cluster file, and which of its environments the cluster is. */
  file: string;
  environment?: string | undefined;
  /** How long to measure what producers write, in milliseconds. */
  watchMs: number;
  /** Puts new sizes into the file. */
  write: boolean;
};

export type Autosized = NewSizes & { usage: Usage; written: boolean };

/** Finds sizes in the cluster file that no longer fit what the cluster does, and changes them there if asked to. */
export async function* autosize(
  cluster: Cluster,
  { file, environment, watchMs, write }: AutosizeOptions,
): AsyncGenerator<StepEvent, Autosized> {
  yield { kind: 'steps', steps: [{ id: 'sizes', title: 'Compare the sizes with the measured use' }] };
  const work = async function* () {
    yield `measuring for ${watchMs / 1000} s what producers write`;
    const usage = await readUsage(cluster, { watchMs });
    const text = await readFile(file, 'utf8');
    const sizes = newSizes(text, { file, ...(environment !== undefined && { environment }) }, usage);
    const written = write && sizes.edits.length > 0;
    if (written) await replaceClusterFile(file, text, editClusterFile(text, sizes.edits, environment));
    return { ...sizes, usage, written };
  };
  return yield* runStep('sizes', work, describeUsage);
}

function describeUsage({ usage }: Autosized): string {
  return `${formatRate(usage.writtenBytesPerSecond)} written, ${formatBytes(usage.usedBytes)} on the fullest volume`;
}

/** Watches the cluster for a while: what producers write, as their partitions grow, and how full the fullest volume is. */
async function readUsage(cluster: Cluster, { watchMs }: { watchMs: number }): Promise<Usage> {
  await using kafka = await openKafka(cluster);
  const ids = (await readCluster(kafka)).brokers.map(({ id }) => id);
  const writtenBytesPerSecond = await watchGrowth(kafka, {
    ids,
    watchMs,
    clock: cluster.kube.clock,
    signal: cluster.signal,
  });
  const disks = (await Promise.all(ids.map((id) => readDisks(kafka, id)))).flat();
  return { writtenBytesPerSecond, usedBytes: Math.max(0, ...disks.map(({ usedBytes }) => usedBytes)) };
}

async function watchGrowth(
  kafka: KafkaConnection,
  {
    ids,
    watchMs,
    clock,
    signal,
  }: { ids: readonly number[]; watchMs: number; clock: Clock; signal: AbortSignal },
): Promise<number> {
  const started = clock.now();
  const elapsed = () => clock.now() - started;
  let grown = 0;
  let before = await readLogSizes(kafka, ids);
  while (elapsed() < watchMs) {
    await clock.sleep(Math.min(sliceMs, watchMs), signal);
    const after = await readLogSizes(kafka, ids);
    const growth = inflowBetween(before, after, 1);
    const keys = new Set([...after.values()].flatMap((logs) => [...logs.keys()]));
    grown += [...keys].reduce((sum, key) => sum + growth(key), 0);
    before = after;
  }
  return (grown * 1000) / elapsed();
}
