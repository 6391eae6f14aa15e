import { waitForStatefulSet } from '@kafka-ha/kube';
import { names, type Component } from '@kafka-ha/manifests';
import type { Cluster } from '../connect.ts';
import { rollDue } from '../roll/roll.ts';
import type { RollSignals } from '../roll/roll-component.ts';

/**
 * Ten minutes: images are pulled on a first deploy, and a broker that was killed reads its logs back before it is ready.
 */
const deadlineMs = 600_000;

/**
 * Replaces the pods of a StatefulSet that have changed, then waits until every one is ready, telling how many are; fails
 * at once where one cannot start.
 */
export async function* bringUp(
  cluster: Cluster,
  component: Component,
  signals: RollSignals,
): AsyncGenerator<string, string> {
  const { kube, spec } = cluster;
  const restarted = yield* rollDue(cluster, component, signals);
  yield* waitForStatefulSet(kube, {
    namespace: spec.namespace,
    name: names(spec)[component],
    deadlineMs,
    signal: signals.signal,
  });
  const ready =
    component === 'kafka' ? `${spec.brokers} brokers ready` : `${spec.zookeeper.servers} servers ready`;
  return restarted === undefined ? ready : `${ready}; restarted ${restarted}`;
}
