import { readFile, writeFile } from 'node:fs/promises';
import { autosize, editClusterFile, formatBytes, formatRate, type NewSizes } from '@kafka-ha/config';
import { runStep, type StepEvent } from '@kafka-ha/events';
import { readUsage, type Cluster } from '@kafka-ha/operations';
import { escapeMarkdown } from '@kafka-ha/report';

export type SizesOptions = { 'cluster-file': string; environment?: string | undefined; signal: AbortSignal };

const watchMs = 30_000;

/** Puts sizes that no longer fit what the cluster does into the cluster file of the checkout; none: leaves it as it is. */
export async function* writeSizes(
  cluster: Cluster,
  { 'cluster-file': file, environment, signal }: SizesOptions,
): AsyncGenerator<StepEvent, NewSizes> {
  const found: { sizes: NewSizes } = { sizes: { edits: [], reasons: [] } };
  const step = 'sizes';
  yield { kind: 'steps', steps: [{ id: step, title: 'Compare sizes with what the cluster does' }] };
  yield* runStep(step, async function* () {
    yield `measuring for ${watchMs / 1000} s what producers write`;
    const usage = await readUsage(cluster, { watchMs, signal });
    const text = await readFile(file, 'utf8');
    const sizes = autosize(text, { file, ...(environment && { environment }) }, usage);
    if (sizes.edits.length > 0) await writeFile(file, editClusterFile(text, sizes.edits, environment));
    found.sizes = sizes;
    const seen = `${formatRate(usage.writtenBytesPerSecond)} written, ${formatBytes(usage.usedBytes)} on the fullest volume`;
    return sizes.edits.length === 0 ? `they fit: ${seen}` : sizes.reasons.join('; ');
  });
  return found.sizes;
}

export function sizesMarkdown(reasons: readonly string[]): string {
  if (reasons.length === 0) return 'The sizes in the cluster file fit what the cluster does.';
  return `New sizes:\n\n${reasons.map((reason) => `- ${escapeMarkdown(reason)}`).join('\n')}`;
}
