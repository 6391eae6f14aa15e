import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import { withoutLease, type FencedKube } from './fence.ts';
import { keepLease, type Lease } from './keep-lease.ts';
import { describeHolder, leaseFor, processOf, type LeaseObject, type LeaseTerms } from './lease-object.ts';
import { momentOf } from './moment.ts';
import { hasSurelyEnded, identityOfThisProcess } from './process-identity.ts';
import { getObject } from './objects.ts';
import type { Kube } from './open-kube.ts';
import { request } from './request.ts';
import { collectionPath, objectPath } from './resource-path.ts';

export type LeaseOptions = Omit<LeaseTerms, 'process'> & {
  /** How long to wait for a holder that is alive to finish; it is an error at once unless told. */
  waitMs?: number;
  /** Called with a sentence whenever there is something else to wait for. */
  onWait?: (why: string) => void;
  signal?: AbortSignal;
};

/** After the end of a process the API server may still carry out what it was sent. It drops what waits when the connection ends. */
const lastRequestsMs = 5_000;

/**
 * Keeps two operations on one cluster apart. A holder counts as dead when its lease stays as it is for its whole term while
 * we watch. The clocks of two machines are never compared, so a wrong one does no harm. As a lease is renewed three
 * times a term, a live holder is known within a third of the term, and a dead one's lease is taken over after one. Where the
 * holder is a process of this machine that has surely ended, some seconds are enough: for what it had sent to be done.
 *
 * @throws KafkaHaError `lock-held` naming the holder, `not-found` where the namespace is missing, `aborted`.
 */
export async function acquireLease(kube: Kube, options: LeaseOptions): Promise<Lease> {
  const unguarded = withoutLease('it is the lease', kube);
  const { signal, onWait, waitMs = 0 } = options;
  const terms: LeaseTerms = { ...options, process: identityOfThisProcess() };
  const { clock } = kube;
  const giveUpAt = clock.now() + waitMs;
  let watched: { lease: LeaseObject; since: number } | undefined;
  for (;;) {
    const askedAt = clock.now();
    const lease = await getObject<LeaseObject>(kube, refOfLease(terms), { signal });
    const unchanged =
      watched !== undefined && lease?.metadata.resourceVersion === watched.lease.metadata.resourceVersion;
    if (lease === undefined || (unchanged && askedAt - (watched?.since ?? askedAt) >= termOf(lease, terms))) {
      const sentAt = momentOf(clock);
      const ours = await take(unguarded, terms, lease, signal);
      if (ours !== undefined) return keepLease(unguarded, terms, { lease: ours, sentAt });
    } else if (!unchanged) {
      const isAlive = watched !== undefined;
      if (isAlive && clock.now() >= giveUpAt) throw held(lease);
      onWait?.(isAlive ? `waiting for ${describeHolder(lease)}` : `is ${describeHolder(lease)} still alive?`);
      watched = { lease, since: clock.now() };
    }
    await clock.sleep(lease === undefined ? 100 : terms.ttlMs / 15, signal);
  }
}

/** Undefined where somebody else was quicker. */
async function take(
  kube: FencedKube,
  terms: LeaseTerms,
  previous: LeaseObject | undefined,
  signal: AbortSignal | undefined,
): Promise<LeaseObject | undefined> {
  const ref = refOfLease(terms);
  try {
    const { body } = await request<LeaseObject>(kube, {
      ...(previous === undefined
        ? { method: 'POST', path: collectionPath(ref) }
        : { method: 'PUT', path: objectPath(ref) }),
      body: leaseFor(terms, kube.clock.wallTime(), previous),
      what: `take the lock ${terms.namespace}/${terms.name}`,
      signal,
    });
    return body;
  } catch (error) {
    const gone = previous !== undefined && isKafkaHaError(error) && error.code === 'not-found';
    if (gone || (isKafkaHaError(error) && error.code === 'conflict')) return undefined;
    throw error;
  }
}

function held(lease: LeaseObject): KafkaHaError {
  return new KafkaHaError('lock-held', `Another operation runs on this cluster: ${describeHolder(lease)}.`, {
    hint: 'Run this again when it has finished.',
    details: [
      `lease ${lease.metadata.namespace}/${lease.metadata.name}, last renewed ${lease.spec.renewTime ?? 'nobody knows when'}`,
    ],
  });
}

/** The holder's own term, in milliseconds: it may run with another one than we. One that tells none has ours. */
function termOf(lease: LeaseObject, { ttlMs }: LeaseTerms): number {
  const { leaseDurationSeconds } = lease.spec;
  const term = leaseDurationSeconds === undefined ? ttlMs : leaseDurationSeconds * 1000;
  const holder = processOf(lease);
  return holder !== undefined && hasSurelyEnded(holder) ? Math.min(term, lastRequestsMs) : term;
}

function refOfLease({ namespace, name }: LeaseTerms) {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name };
}
