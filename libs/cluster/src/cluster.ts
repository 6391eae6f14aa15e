import type { Spec } from '@kafka-ha/config';
import type { FencedKube, Kube } from '@kafka-ha/kube';

/** A cluster that an operation works on: where it is, and what it should be. */
export type Cluster = { kube: Kube; spec: Spec };

/** A cluster that may be changed, as `withLease` hands it out: what changes one takes this. */
export type FencedCluster = Cluster & { kube: FencedKube };
