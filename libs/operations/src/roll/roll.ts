import { formatDuration } from '@kafka-ha/config';
import { KafkaHaError, runStep, type StepEvent, type Told } from '@kafka-ha/base';
import { components, componentsOf, type Component, ofComponent } from '@kafka-ha/manifests';
import {
  type Actor,
  awaitHealthy,
  type Cluster,
  type FencedCluster,
  lockStep,
  readMembers,
  withLease,
  writeRestartRequests,
  withSignal,
} from '@kafka-ha/cluster';
import { refuseOtherSize } from '../scale/refusals.ts';
import { electPreferredLeaders } from './elect-preferred-leaders.ts';
import { refuseNeverSpared } from './not-spare.ts';
import { resizePods } from './resize-pods.ts';
import { rollComponent, type RollData } from './roll-component.ts';

export type RollOptions = {
  /** Which pods are restarted although nothing of them changed; those that did change are restarted in any case. */
  restart?: 'all' | { broker: number };
  actor: Actor;
};

/**
 * Restarts every pod that does not run what it should, the quorum's servers before the brokers, one at a time, without
 * anybody noticing: see `rollComponent`. Safe to run again after any end: only pods that are still due are touched, also
 * those that an earlier run was asked to restart.
 *
 * @throws KafkaHaError `pod-failed` after going back, `deadline-exceeded`, `unhealthy`, `lock-held`, `aborted`.
 */
export async function* roll(
  cluster: Cluster,
  options: RollOptions,
): AsyncGenerator<StepEvent<RollData>, void> {
  yield {
    kind: 'steps',
    steps: [
      lockStep,
      { id: 'due', title: 'Find the pods to restart' },
      ...componentsOf(cluster.spec).map((component) => {
        const { step: id, noun } = components[component];
        return { id, title: `Restart the ${noun}s, one at a time` };
      }),
      { id: 'leaders', title: 'Elect the preferred leaders' },
      { id: 'health', title: 'Check health' },
    ],
  };
  yield* withLease(cluster, { ...options, operation: 'roll' }, async function* (cluster, stopNow) {
    yield* runStep('due', async function* () {
      await refuseOtherSize(cluster);
      await request(cluster, options.restart);
      return await countDue(cluster);
    });
    for (const component of componentsOf(cluster.spec)) {
      yield* runStep(components[component].step, async function* () {
        const done = yield* rollDue(cluster, component, stopNow);
        return done ?? 'nothing to restart';
      });
    }
    yield* runStep('leaders', () => electPreferredLeaders(cluster));
    yield* runStep('health', () => awaitHealthy(cluster));
  });
}

/**
 * Resizes the pods of one component that need no more, rolls the others that are due, and forgets what was asked for.
 * Returns which pods were resized and which restarted, undefined for none.
 */
export async function* rollDue(
  cluster: FencedCluster,
  component: Component,
  stopNow: AbortSignal,
): AsyncGenerator<Told<RollData>, string | undefined> {
  const from = cluster.kube.clock.now();
  const resized = yield* resizePods(withSignal(cluster, stopNow), component);
  if (component !== 'kafka' && (await hasDue(cluster, component))) await refuseNeverSpared(cluster);
  const rolled = yield* rollComponent(cluster, component, stopNow);
  if (rolled.length > 0) await writeRestartRequests(withSignal(cluster, stopNow), component, []);
  const took = formatDuration(cluster.kube.clock.now() - from);
  const done = [
    ...(resized.length === 0 ? [] : [`resized ${resized.join(', ')}`]),
    ...(rolled.length === 0 ? [] : [`restarted ${rolled.map(({ pod }) => pod).join(', ')} in ${took}`]),
  ];
  return done.length === 0 ? undefined : done.join('; ');
}

async function hasDue(cluster: Cluster, component: Component): Promise<boolean> {
  const members = await readMembers(cluster, component);
  return members !== undefined && members.due.size > 0;
}

/** Asks for the restarts; not before it is sure that none of them is refused, for a request stays until it is met. */
async function request(cluster: FencedCluster, restart: RollOptions['restart']): Promise<void> {
  if (restart === undefined) return await refuseNeverSpared(cluster);
  const meant = restart === 'all' ? componentsOf(cluster.spec) : (['kafka'] as const);
  const asked = await Promise.all(
    meant.map(async (component) => {
      const { pods = [] } = (await readMembers(cluster, component)) ?? {};
      const wanted = pods.filter(({ ordinal }) => restart === 'all' || ordinal === restart.broker);
      if (wanted.length === 0) throw nothingToRestart(cluster, restart);
      return { component, wanted };
    }),
  );
  const pods = asked.flatMap(({ wanted }) => wanted);
  await refuseNeverSpared(
    cluster,
    ofComponent(pods, 'kafka').map(({ name }) => name),
  );
  for (const { component, wanted } of asked)
    await writeRestartRequests(
      cluster,
      component,
      wanted.map(({ uid }) => uid),
    );
}

function nothingToRestart({ spec }: Cluster, restart: 'all' | { broker: number }): KafkaHaError {
  return restart === 'all'
    ? new KafkaHaError('not-found', `${spec.namespace}/${spec.name} has no pods`, {
        hint: 'Deploy it first: kafka-ha deploy.',
      })
    : new KafkaHaError('not-found', `there is no broker ${restart.broker}`);
}

async function countDue(cluster: Cluster): Promise<string> {
  const found = await Promise.all(
    componentsOf(cluster.spec).map((component) => readMembers(cluster, component)),
  );
  const due = found.flatMap((members) => [...(members?.due ?? [])]);
  return due.length === 0 ? 'nothing' : due.join(', ');
}
