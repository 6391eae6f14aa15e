import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '@kafka-ha/base';
import { listLocalClusters, readState } from './cluster-state.ts';
import { kindStatus } from './kind/kind-status.ts';
import type { LocalCluster, LocalClusterStatus } from './local-cluster.ts';
import { namespacesStatus } from './namespaces/status.ts';
import { kubeconfigPath, stateRoot } from './paths.ts';

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
export async function localClusterAt(kubeconfig: string): Promise<LocalCluster | undefined> {
  const path = await realpath(kubeconfig).catch(() => kubeconfig);
  if (dirname(dirname(path)) !== stateRoot) return undefined;
  const name = (await listLocalClusters()).find((each) => kubeconfigPath(each) === path);
  return name === undefined ? undefined : await runningLocalCluster({ name });
}

/** Undefined where it does not run. */
export async function runningLocalCluster({ name }: { name: string }): Promise<LocalCluster | undefined> {
  const status = await localClusterStatus({ name });
  return status.kind === 'running' ? { ...status, nodes: status.nodes.map((node) => node.name) } : undefined;
}
