import { abortedError, isKafkaHaError, KafkaHaError, messageOf } from '@kafka-ha/base';
import type { Fence } from './open-kube.ts';
import { fencedBy, type FencedKube } from './fence.ts';
import { describeHolder, isSameTenure, type LeaseObject, type LeaseTerms, renewed } from './lease-object.ts';
import { elapsedSince, type Moment, momentOf } from './moment.ts';
import { deleteObject, getObject } from './objects.ts';
import { refOf } from './kube-object.ts';
import { request } from './request.ts';
import { objectPath } from './resource-path.ts';

/** A lease that is held, and renewed in the background. Disposing of it releases it. */
export type Lease = AsyncDisposable & {
  /** Fires, with a KafkaHaError as its reason, when somebody else took the lease or it could not be renewed in time. */
  lost: AbortSignal;
  /**
   * For right before a deed: returns while nobody else can have taken the lease. It renews the lease first where that has
   * not been done for a tenth of the term.
   *
   * @throws KafkaHaError `lock-held` where half of the term has passed, by either clock, since a renewal was sent: the
   *   process stood still, and what it knows is old.
   */
  assertHeld: Fence;
  /** Changes through it are sent only while the lease is held. */
  kube: FencedKube;
  /** Never fails: a lease that cannot be given back expires by itself. */
  release(): Promise<void>;
};

/** Parts of the term since the last renewal was sent. */
const parts = {
  /** After which a deed renews first. */
  fresh: 0.1,
  /** After which nothing is done any more, so that what is sent has the other half to arrive. */
  forDeeds: 0.5,
  /** After which the lease counts as lost: the rest is for those who use it to stop. */
  safe: 0.8,
};

/**
 * Renews a lease of ours, ten times a term, until it is released or lost. It outlives an API server that is away for half
 * of it. `kube` is one without a lease: this is the lease. `sentAt` is when the request that took it was sent.
 */
export function keepLease(
  kube: FencedKube,
  terms: LeaseTerms,
  taken: { lease: LeaseObject; sentAt: Moment },
): Lease {
  const { clock } = kube;
  const lost = new AbortController();
  const released = new AbortController();
  const intervalMs = Math.ceil(terms.ttlMs / 10);
  const answerMs = Math.ceil(terms.ttlMs / 3);
  let current = taken.lease;
  let renewedAt = taken.sentAt;
  let renewal: Promise<void> | undefined;
  const renewing = renewUntil(released.signal).catch((error: unknown) => lost.abort(error));

  /** One at a time: two would be in each other's way. */
  function renew(timeoutMs: number): Promise<void> {
    renewal ??= renewNow(timeoutMs).finally(() => (renewal = undefined));
    return renewal;
  }

  async function renewNow(timeoutMs: number): Promise<void> {
    const sentAt = momentOf(clock);
    current = await renewLease(kube, current, Math.ceil(Math.max(timeoutMs, 1)));
    renewedAt = sentAt;
  }

  async function renewUntil(signal: AbortSignal): Promise<void> {
    let failedBefore = false;
    for (;;) {
      const awakeAt = momentOf(clock);
      // After a failure soon again: an API server under load may answer the second time.
      await clock.sleep(failedBefore ? intervalMs / 2 : intervalMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      if (isOver(parts.forDeeds, awakeAt)) throw stoodStill(terms);
      // Others may take it when the term is over: be sure to have stopped by then.
      const leftMs = terms.ttlMs * parts.safe - elapsedSince(clock, renewedAt);
      try {
        await renew(Math.min(answerMs, leftMs));
        failedBefore = false;
      } catch (error) {
        if (isLoss(error)) throw error;
        if (isOver(parts.safe, renewedAt)) throw notRenewed(terms, error);
        failedBefore = true;
      }
      if (isOver(parts.forDeeds, awakeAt)) throw stoodStill(terms);
    }
  }

  async function assertHeld(): Promise<void> {
    refuseWhereLost();
    if (isOver(parts.fresh, renewedAt)) {
      try {
        await renew(Math.min(answerMs, terms.ttlMs * parts.forDeeds - elapsedSince(clock, renewedAt)));
      } catch (error) {
        // An API server that is away takes no lease from us before the term is over.
        if (isLoss(error)) lost.abort(error);
      }
      refuseWhereLost();
    }
  }

  function refuseWhereLost(): void {
    if (!lost.signal.aborted && isOver(parts.forDeeds, renewedAt)) lost.abort(stoodStill(terms));
    if (lost.signal.aborted) throw abortedError(lost.signal);
  }

  function isOver(part: number, since: Moment): boolean {
    return elapsedSince(clock, since) > terms.ttlMs * part;
  }

  async function release(): Promise<void> {
    released.abort();
    await renewing;
    await renewal?.catch(() => undefined);
    const { uid, resourceVersion } = current.metadata;
    await deleteObject(kube, refOf(current), { preconditions: { uid, resourceVersion } }).catch(() => false);
  }

  return {
    lost: lost.signal,
    assertHeld,
    kube: fencedBy(assertHeld, kube),
    release,
    [Symbol.asyncDispose]: release,
  };
}

function isLoss(error: unknown): boolean {
  return isKafkaHaError(error) && error.code === 'lock-held';
}

function stoodStill({ namespace, name, ttlMs }: LeaseTerms): KafkaHaError {
  return new KafkaHaError(
    'lock-held',
    `The lock ${namespace}/${name} was not renewed for ${seconds(ttlMs * parts.forDeeds)}: this process or its machine was suspended, its clock was set, or the API server was away.`,
    { hint: 'Run this again: it continues where it stopped.' },
  );
}

function notRenewed({ namespace, name, ttlMs }: LeaseTerms, cause: unknown): KafkaHaError {
  return new KafkaHaError(
    'lock-held',
    `The lock ${namespace}/${name} could not be renewed in ${seconds(ttlMs * parts.safe)}, so another operation may take it: ${messageOf(cause)}`,
    { cause },
  );
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

/**
 * Renews a lease of ours, once.
 *
 * @returns the lease as it is then.
 * @throws KafkaHaError `lock-held` where it is no longer ours; anything else says nothing about that.
 */
async function renewLease(kube: FencedKube, lease: LeaseObject, timeoutMs: number): Promise<LeaseObject> {
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
