import { runStep, type StepEvent } from '@kafka-ha/base';
import { checkAccess } from '@kafka-ha/kube';
import type { Plan } from '@kafka-ha/planning';
import {
  type Actor,
  applyObjects,
  awaitHealthy,
  checkNodes,
  type Cluster,
  describeApplied,
  lockStep,
  refuseForeignObjects,
  setDynamicKeys,
  warnOfZones,
  withLease,
} from '@kafka-ha/cluster';
import { electPreferredLeaders } from '../roll/elect-preferred-leaders.ts';
import { growVolumes } from '../volumes/grow-volumes.ts';
import { bringUp } from './bring-up.ts';
import { settleTopics, describeTopics } from './settle-topics.ts';
import { ensureAccounts } from './ensure-accounts.ts';
import { ensureNamespace } from './ensure-namespace.ts';
import { provePath } from './prove-path.ts';
import { readRefusals } from '../plan/read-refusals.ts';
import { refuse } from '../plan/refusal.ts';
import { refuseDeletions } from '../plan/refuse-deletions.ts';
import { refuseOtherPlan } from '../plan/refuse-plan.ts';

export type DeployOptions = {
  /** A plan that somebody has approved: it is carried out only if it still is what would happen. */
  reviewed?: Plan;
  /** Somebody has said that records may be deleted: a deployment by which they would be is refused otherwise. */
  deleteRecords?: boolean;
  actor: Actor;
  signal: AbortSignal;
};

/**
 * In the order in which one rests on another: what only grows comes first, so that at any end the cluster bears what it was
 * told. Retention follows from the volumes, and is raised once each has its capacity.
 */
export const deploySteps = [
  { id: 'check', title: 'Check the target cluster' },
  { id: 'namespace', title: 'Ensure the namespace' },
  lockStep,
  { id: 'plan', title: 'Compare with what may change' },
  { id: 'volumes', title: 'Grow the volumes' },
  { id: 'keys', title: 'Set the keys that need no restart' },
  { id: 'apply', title: 'Apply the objects' },
  { id: 'zookeeper', title: 'Bring ZooKeeper up, restarting what has changed' },
  { id: 'brokers', title: 'Bring the brokers up, restarting what has changed' },
  { id: 'topics', title: 'Create the topics, and set their keys' },
  { id: 'leaders', title: 'Give partitions back to their preferred leaders' },
  { id: 'health', title: 'Check health' },
  { id: 'prove', title: 'Write to and read from every partition' },
];

/**
 * Makes the cluster what its file says, and shows that it works. On a cluster that runs, pods that have changed are
 * restarted one at a time, as by `roll`. Safe to run again: each step looks at what is there and does what is left.
 * Nothing to do: says so and changes nothing.
 *
 * Events: `steps` first, then each step in order.
 *
 * @throws KafkaHaError — `forbidden`, `conflict`, `lock-held`, `pod-failed` …; the step that was started last is where
 * it stopped.
 */
export async function* deploy(cluster: Cluster, options: DeployOptions): AsyncGenerator<StepEvent, void> {
  const { kube, spec } = cluster;
  yield { kind: 'steps', steps: deploySteps };
  yield* runStep('check', async function* () {
    const { version } = await checkAccess(kube, { namespace: spec.namespace, signal: options.signal });
    const nodes = await refuseWhatCannotBe(cluster, options);
    return `Kubernetes ${version}${nodes}`;
  });
  yield* warnOfZones(cluster, options.signal);
  yield* runStep('namespace', async function* () {
    const namespace = await ensureNamespace(cluster, options.signal);
    await ensureAccounts(cluster, options.signal);
    return namespace;
  });
  yield* withLease(cluster, { ...options, operation: 'deploy' }, async function* (cluster, signal, lost) {
    yield* runStep('plan', async function* () {
      // Whoever held the lock before may have changed what was looked at.
      await refuseWhatCannotBe(cluster, { ...options, signal });
      if (options.reviewed === undefined) return 'no plan was given';
      await refuseOtherPlan(cluster, options.reviewed, signal);
      return 'as reviewed';
    });
    yield* runStep('volumes', () => growVolumes(cluster, signal));
    yield* runStep('keys', () => setDynamicKeys(cluster, signal));
    yield* runStep('apply', async function* () {
      const applied = yield* applyObjects(cluster, { signal, lost });
      return describeApplied(applied);
    });
    yield* runStep('zookeeper', () => bringUp(cluster, 'zookeeper', { signal, lost }));
    yield* runStep('brokers', () => bringUp(cluster, 'kafka', { signal, lost }));
    let created: string[] = [];
    yield* runStep('topics', async function* () {
      const topics = yield* settleTopics(cluster, signal);
      created = topics.created;
      return describeTopics(topics);
    });
    yield* runStep('leaders', () => electPreferredLeaders(cluster, signal));
    yield* runStep('health', () => awaitHealthy(cluster, { signal }));
    yield* runStep('prove', () => provePath(cluster, created, signal));
  });
}

/** All that is looked at before anything is changed. Returns how many nodes there are, as words. */
async function refuseWhatCannotBe(
  cluster: Cluster,
  { deleteRecords = false, signal }: Pick<DeployOptions, 'deleteRecords' | 'signal'>,
): Promise<string> {
  await refuseForeignObjects(cluster, signal);
  refuse(await readRefusals(cluster, signal));
  if (!deleteRecords) await refuseDeletions(cluster, signal);
  return await checkNodes(cluster, signal);
}
