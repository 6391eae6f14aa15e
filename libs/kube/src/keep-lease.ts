import { isKafkaHaError, KafkaHaError, messageOf } from '@kafka-ha/errors';
import { refOf } from './kube-object.ts';
import { describeHolder, isSameTenure, renewed, type LeaseObject, type LeaseTerms } from './lease-object.ts';
import { deleteObject, getObject } from './objects.ts';
import type { Kube } from './open-kube.ts';
import { request } from './request.ts';
import { objectPath } from './resource-path.ts';

/** A lease that is held, and renewed in the background. Disposing of it releases it. */
export type Lease = AsyncDisposable & {
  /** Fires, with a KafkaHaError as its reason, when somebody else took the lease or it could not be renewed in time. */
  lost: AbortSignal;
  /** Never fails: a lease that cannot be given back expires by itself. */
  release(): Promise<void>;
};

/** Of the term, without a renewal, after which the lease counts as lost: the rest is for those who use it to stop. */
const safePart = 0.8;

/**
 * Renews a lease of ours, ten times a term, until it is released or lost. It outlives an API server that is away for half
 * of it.
 */
export function keepLease(kube: Kube, terms: LeaseTerms, taken: LeaseObject): Lease {
  const lost = new AbortController();
  const released = new AbortController();
  let current = taken;
  const renewing = renewUntil(released.signal).catch((error: unknown) => lost.abort(error));

  async function renewUntil(signal: AbortSignal): Promise<void> {
    const intervalMs = Math.ceil(terms.ttlMs / 10);
    const answerMs = Math.ceil(terms.ttlMs / 3);
    let renewedAt = kube.clock.now();
    let failedBefore = false;
    for (;;) {
      // After a failure soon again: an API server under load may answer the second time.
      await kube.clock.sleep(failedBefore ? intervalMs / 2 : intervalMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      const startedAt = kube.clock.now();
      // Others may take it when the term is over: be sure to have stopped by then.
      const stopAt = renewedAt + terms.ttlMs * safePart;
      try {
        current = await renew(kube, current, Math.ceil(Math.min(answerMs, Math.max(stopAt - startedAt, 1))));
        renewedAt = startedAt;
        failedBefore = false;
      } catch (error) {
        if (isKafkaHaError(error) && error.code === 'lock-held') throw error;
        if (kube.clock.now() >= stopAt) throw notRenewed(terms, error);
        failedBefore = true;
      }
    }
  }

  async function release(): Promise<void> {
    released.abort();
    await renewing;
    const { uid, resourceVersion } = current.metadata;
    await deleteObject(kube, refOf(current), { preconditions: { uid, resourceVersion } }).catch(() => false);
  }

  return { lost: lost.signal, release, [Symbol.asyncDispose]: release };
}

async function renew(kube: Kube, lease: LeaseObject, timeoutMs: number): Promise<LeaseObject> {
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

function notRenewed({ namespace, name, ttlMs }: LeaseTerms, cause: unknown): KafkaHaError {
  return new KafkaHaError(
    'lock-held',
    `The lock ${namespace}/${name} could not be renewed in ${Math.round((ttlMs * safePart) / 1000)} s, so another operation may take it: ${messageOf(cause)}`,
    { cause },
  );
}
