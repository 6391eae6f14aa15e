import type { Component } from '@kafka-ha/health';
import { waitForStatefulSet } from '@kafka-ha/kube';
import { names } from '@kafka-ha/manifests';
import type { Cluster } from '../connect.ts';

/**
 * Ten minutes: images are pulled on a first deploy, and a broker that was killed reads its logs back before it is ready.
 */
const deadlineMs = 600_000;

/** Waits until every pod of a StatefulSet is ready, telling how many are; fails at once where one cannot start. */
export async function* awaitStatefulSet(
  { kube, spec }: Cluster,
  component: Component,
  signal: AbortSignal,
): AsyncGenerator<string, string> {
  yield* waitForStatefulSet(kube, {
    namespace: spec.namespace,
    name: names(spec)[component],
    deadlineMs,
    signal,
  });
  return component === 'kafka' ? `${spec.brokers} brokers ready` : `${spec.zookeeper.servers} servers ready`;
}
