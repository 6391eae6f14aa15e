import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import type { FencedKube } from './fence.ts';
import { refOf } from './kube-object.ts';
import { describeHolder, isSameTenure, renewed, type LeaseObject } from './lease-object.ts';
import { getObject } from './objects.ts';
import { request } from './request.ts';
import { objectPath } from './resource-path.ts';

/**
 * Renews a lease of ours, once.
 *
 * @returns the lease as it is then.
 * @throws KafkaHaError `lock-held` where it is no longer ours; anything else says nothing about that.
 */
export async function renewLease(
  kube: FencedKube,
  lease: LeaseObject,
  timeoutMs: number,
): Promise<LeaseObject> {
  const ref = refOf(lease);
  try {
    const { body } = await request<LeaseObject>(kube, {
      method: 'PUT',
      path: objectPath(ref),
      body: renewed(lease, kube.clock.wallTime()),
      what: `renew the lock ${ref.namespace}/${ref.name}`,
      attempts: 1,
      timeoutMs,
    });
    return body;
  } catch (error) {
    if (!isKafkaHaError(error) || (error.code !== 'conflict' && error.code !== 'not-found')) throw error;
    const found = await getObject<LeaseObject>(kube, ref, { signal: AbortSignal.timeout(timeoutMs) });
    // A renewal whose answer was lost, or somebody's annotation: still ours, under a newer version.
    if (found !== undefined && isSameTenure(found, lease)) return found;
    throw new KafkaHaError(
      'lock-held',
      found === undefined
        ? `The lock ${ref.namespace}/${ref.name} was deleted while this operation held it.`
        : `${describeHolder(found)} took the lock ${ref.namespace}/${ref.name} over.`,
      { cause: error },
    );
  }
}
