import type { Spec } from '@kafka-ha/config';
import type { FencedKube, Kube } from '@kafka-ha/kube';

/** A cluster that an operation works on: where it is, what it should be, and what ends the work on it. */
export type Cluster = { kube: Kube; spec: Spec; signal: AbortSignal };

/** A cluster that may be changed, as `withLease` hands it out: what changes one takes this. */
export type FencedCluster = Cluster & { kube: FencedKube };

/** The same cluster for work that something else ends: a wait's own limit, or what must not be left half done. */
export function withSignal<T extends Cluster>(cluster: T, signal: AbortSignal): T {
  return { ...cluster, signal };
}
