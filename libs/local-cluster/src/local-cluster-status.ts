import { dirname, basename, resolve } from 'node:path';
import { messageOf } from '@kafka-ha/base';
import { readState } from './cluster-state.ts';
import { kindStatus } from './kind/kind-status.ts';
import type { LocalCluster, LocalClusterStatus } from './local-cluster.ts';
import { namespacesStatus } from './namespaces/status.ts';
import { stateRoot } from './paths.ts';

/** Asks the cluster itself: `running` means that its API server answered just now. */
export async function localClusterStatus({ name }: { name: string }): Promise<LocalClusterStatus> {
  const state = await readState(name);
  if (state === undefined) return { kind: 'absent', name };
  const broken = (reason: string) => ({ kind: 'broken', name, provider: state.provider, reason }) as const;
  if (!state.complete) return broken('its `up` did not finish');
  try {
    return state.provider === 'kind' ? await kindStatus(name) : await namespacesStatus(name, state);
  } catch (error) {
    return broken(messageOf(error));
  }
}

/** The running cluster that a kubeconfig of `up` is for; undefined for every other kubeconfig. */
export async function localClusterAt(kubeconfigPath: string): Promise<LocalCluster | undefined> {
  const directory = dirname(resolve(kubeconfigPath));
  if (dirname(directory) !== stateRoot) return undefined;
  const status = await localClusterStatus({ name: basename(directory) });
  return status.kind === 'running' ? { ...status, nodes: status.nodes.map(({ name }) => name) } : undefined;
}
