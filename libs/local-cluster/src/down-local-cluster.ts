import { rm, rmdir } from 'node:fs/promises';
import type { StepEvent } from '@kafka-ha/base';
import { readState } from './cluster-state.ts';
import { downKind } from './kind/down-kind.ts';
import { downNamespaces } from './namespaces/down-namespaces.ts';
import { restoreKernel } from './namespaces/kernel.ts';
import { clusterDirectory, logPath, stateRoot } from './paths.ts';
import { step } from './step.ts';

const remove = { id: 'remove', title: 'Remove the cluster' };

/** Removes a cluster with all that it holds, or what is left of one. No error when there is none. */
export async function* downLocalCluster({
  name,
  signal,
  restore = restoreKernel,
}: {
  name: string;
  signal: AbortSignal;
  restore?: (name: string) => Promise<void>;
}): AsyncGenerator<StepEvent, void> {
  yield { kind: 'steps', steps: [remove] };
  const state = await readState(name);
  yield* step(remove, { log: logPath(name, remove.id), signal }, async (context) => {
    if (state?.provider === 'kind') await downKind(name, context);
    else await downNamespaces(name, context);
    await restore(name);
    await rm(clusterDirectory(name), { recursive: true });
    await rmdir(stateRoot).catch(() => undefined); // unless another cluster is there
    return state === undefined ? 'there was none' : undefined;
  });
}
