import { messageOf } from '@kafka-ha/base';
import { readState } from './cluster-state.ts';
import { kindStatus } from './kind/kind-status.ts';
import type { LocalClusterStatus } from './local-cluster.ts';
import { namespacesStatus } from './namespaces/status.ts';

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
