import { waitForStatefulSet } from '@kafka-ha/kube';
import { names, type Component } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';

/**
 * Ten minutes: images are pulled on a first deploy, and a broker that was killed recovers its logs before it is ready.
 */
const deadlineMs = 600_000;

/** Waits until every pod of a StatefulSet is ready, telling how many are; fails at once where one cannot start. */
export function awaitReady(
  { kube, spec, signal }: Cluster,
  component: Component,
): AsyncGenerator<string, void> {
  const { namespace } = spec;
  return waitForStatefulSet(kube, { namespace, name: names(spec)[component], deadlineMs, signal });
}
