import { readFile } from 'node:fs/promises';
import {
  autosize as newSizes,
  editClusterFile,
  formatBytes,
  formatCpu,
  formatRate,
  type NewSizes,
  type Usage,
} from '@kafka-ha/config';
import { runStep, type StepEvent } from '@kafka-ha/base';
import type { Cluster } from '@kafka-ha/cluster';
import { replaceClusterFile } from '../cluster-file/replace-cluster-file.ts';
import { readUsage } from './read-usage.ts';

export type AutosizeOptions = {
  /** The cluster file, and which of its environments the cluster is. */
  file: string;
  environment?: string | undefined;
  /** How long to measure, in milliseconds. */
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
    yield `measuring for ${watchMs / 1000} s what producers, consumers and brokers do`;
    const { usage, unread } = await readUsage(cluster, watchMs);
    const text = await readFile(file, 'utf8');
    const sizes = newSizes(text, { file, ...(environment !== undefined && { environment }) }, usage);
    const written = write && sizes.edits.length > 0;
    if (written) await replaceClusterFile(file, text, editClusterFile(text, sizes.edits, environment));
    return { ...sizes, remarks: [...unread, ...sizes.remarks], usage, written };
  };
  return yield* runStep('sizes', work, describeUsage);
}

function describeUsage({ usage }: Autosized): string {
  const { writtenBytesPerSecond, usedBytes, cpuCores } = usage;
  const written = writtenBytesPerSecond === undefined ? [] : [`${formatRate(writtenBytesPerSecond)} written`];
  const cpu = cpuCores === undefined ? [] : [`${formatCpu(1000 * cpuCores)} of CPU on the busiest broker`];
  return [...written, `${formatBytes(usedBytes)} on the fullest volume`, ...cpu].join(', ');
}
