import { isKafkaHaError } from '@kafka-ha/base';
import type { FencedKube } from './fence.ts';
import { request } from './request.ts';

/** `not now`: its disruption budget allows none. `may not`: nobody may evict it, or this account may not. */
export type Eviction = 'taken' | 'not now' | 'may not';

/**
 * Asks once for the eviction of this very pod, as `kubectl drain` does, and does not wait for its end. One that is gone, or is
 * another one by now, counts as taken.
 */
export async function tryEviction(
  kube: FencedKube,
  { namespace, name, uid }: { namespace: string; name: string; uid: string },
  signal: AbortSignal,
): Promise<Eviction> {
  try {
    await request(kube, {
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/pods/${name}/eviction`,
      body: {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name, namespace },
        deleteOptions: { preconditions: { uid } },
      },
      what: `evict pod ${namespace}/${name}`,
      attempts: 1,
      signal,
    });
    return 'taken';
  } catch (error) {
    if (!isKafkaHaError(error)) throw error;
    if (error.code === 'not-found' || error.code === 'conflict') return 'taken';
    if (error.code === 'forbidden' || error.message.includes('more than one PodDisruptionBudget'))
      return 'may not';
    if (error.message.includes('disruption budget')) return 'not now';
    throw error;
  }
}
