import type { Component } from '@kafka-ha/manifests';
import { awaitReady, type FencedCluster } from '@kafka-ha/cluster';
import { rollDue } from '../roll/roll.ts';
import type { RollSignals } from '../roll/roll-component.ts';

/**
 * Resizes or replaces the pods of a StatefulSet that have changed, then waits until every one is ready, telling how many
 * are; fails at once where one cannot start.
 */
export async function* bringUp(
  cluster: FencedCluster,
  component: Component,
  signals: RollSignals,
): AsyncGenerator<string, string> {
  const { spec } = cluster;
  const done = yield* rollDue(cluster, component, signals);
  yield* awaitReady(cluster, component, signals.signal);
  const ready =
    component === 'kafka' ? `${spec.brokers} brokers ready` : `${spec.zookeeper.servers} servers ready`;
  return done === undefined ? ready : `${ready}; ${done}`;
}
