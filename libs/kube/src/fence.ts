import { KafkaHaError } from '@kafka-ha/base';
import type { Fence, Kube } from './open-kube.ts';

/**
 * A Kube through which a cluster may be changed: each change asks the fence first. A held lease gives one, and
 * `withoutLease`; functions that only read take any Kube.
 */
export type FencedKube = Kube & { readonly fence: Fence };

export function fencedBy(fence: Fence, kube: Kube): FencedKube {
  return { ...kube, fence };
}

/** The fence to ask before a change. What no type has caught, such as a method that is computed, is refused here. */
export function fenceOf(kube: Kube, what: string): Fence {
  if (kube.fence === undefined) throw new KafkaHaError('internal', `Nothing guards the request to ${what}.`);
  return kube.fence;
}

/** For changes that no lease can guard, or that none has to; the reason is for who reads the call. */
export function withoutLease(_reason: string, kube: Kube): FencedKube {
  return fencedBy(() => Promise.resolve(), kube);
}
