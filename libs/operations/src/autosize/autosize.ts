import { readFile } from 'node:fs/promises';
import {
  autosize as newSizes,
  editClusterFile,
  formatBytes,
  formatRate,
  type NewSizes,
  type Usage,
} from '@kafka-ha/config';
import { runStep, type StepEvent } from '@kafka-ha/base';
import { replaceClusterFile } from '../cluster-file/replace-cluster-file.ts';
import type { Cluster } from '@kafka-ha/cluster';
import { readUsage } from './read-usage.ts';

export type AutosizeOptions = {
  /** The cluster file, and which of its environments the cluster is. */
  file: string;
  environment?: string | undefined;
  /** How long to measure what producers write, in milliseconds. */
  watchMs: number;
  /** Puts new sizes into the file. */
  write: boolean;
  signal: AbortSignal;
};

export type Autosized = NewSizes & { usage: Usage; written: boolean };

/** Finds sizes in the cluster file that no longer fit what the cluster does, and changes them there if asked to. */
export async function* autosize(
  cluster: Cluster,
  { file, environment, watchMs, write, signal }: AutosizeOptions,
): AsyncGenerator<StepEvent, Autosized> {
  const found: { sizes?: Autosized } = {};
  yield { kind: 'steps', steps: [{ id: 'sizes', title: 'Compare sizes with what the cluster does' }] };
  yield* runStep('sizes', async function* () {
    yield `measuring for ${watchMs / 1000} s what producers write`;
    const usage = await readUsage(cluster, { watchMs, signal });
    const text = await readFile(file, 'utf8');
    const sizes = newSizes(text, { file, ...(environment !== undefined && { environment }) }, usage);
    const written = write && sizes.edits.length > 0;
    if (written) await replaceClusterFile(file, text, editClusterFile(text, sizes.edits, environment));
    found.sizes = { ...sizes, usage, written };
    return `${formatRate(usage.writtenBytesPerSecond)} written, ${formatBytes(usage.usedBytes)} on the fullest volume`;
  });
  return found.sizes!;
}
