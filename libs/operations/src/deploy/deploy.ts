import type { Spec } from '@kafka-ha/config';
import { randomUUID } from 'node:crypto';
import {
  count,
  isKafkaHaError,
  KafkaHaError,
  runStep,
  type Step,
  type StepEvent,
  type Told,
} from '@kafka-ha/base';
import { applyObject, checkAccess, getObject, withoutLease } from '@kafka-ha/kube';
import { type Plan, planDifferences } from '@kafka-ha/planning';
import {
  type Actor,
  applyObjects,
  awaitHealthy,
  awaitReady,
  checkNodes,
  type Cluster,
  describeApplied,
  type FencedCluster,
  lockStep,
  openKafka,
  quorumOf,
  refuseForeignObjects,
  setDynamicKeys,
  warnOfZones,
  withLease,
} from '@kafka-ha/cluster';
import {
  componentsOf,
  type Component,
  components,
  fieldManager,
  probeTopic,
  quorumComponentOf,
  renderNamespace,
} from '@kafka-ha/manifests';
import { proveWritePath } from '@kafka-ha/kafka';
import { electPreferredLeaders } from '../roll/elect-preferred-leaders.ts';
import { settleFeatures } from '../upgrade/settle-features.ts';
import { warnOfWayBack } from '../upgrade/warn-of-way-back.ts';
import { growVolumes } from '../volumes/grow-volumes.ts';
import { awaitExporter, exporterStep } from './await-exporter.ts';
import { ensureAccounts } from './ensure-accounts.ts';
import { describeTopics, settleTopics } from './settle-topics.ts';
import { readRefusals } from '../plan/read-refusals.ts';
import { refuse } from '../plan/refusal.ts';
import { refuseDeletions } from '../plan/refuse-deletions.ts';
import { makePlan } from '../plan/make-plan.ts';
import { rollDue } from '../roll/roll.ts';
import type { RollData } from '../roll/roll-component.ts';

export type DeployOptions = {
  /** A plan that somebody has approved: it is carried out only if it still is what would happen. */
  reviewed?: Plan;
  /** Somebody has said that records may be deleted: a deployment by which they would be is refused otherwise. */
  deleteRecords?: boolean;
  actor: Actor;
};

/**
 * In the order in which one rests on another: what only grows comes first, so that at any end the cluster bears what it was
 * told. Retention follows from the volumes, and is raised once each has its capacity.
 */
export function deploySteps(spec: Spec): Step[] {
  return [
    { id: 'check', title: 'Check the target cluster' },
    { id: 'namespace', title: 'Ensure the namespace' },
    lockStep,
    { id: 'plan', title: 'Compare with what may change' },
    { id: 'volumes', title: 'Grow the volumes' },
    { id: 'keys', title: 'Apply dynamic broker settings' },
    { id: 'apply', title: 'Apply the objects' },
    ...componentsOf(spec).map((component) => {
      const { step: id, noun } = components[component];
      return { id, title: `Bring the ${noun}s up, restarting what has changed` };
    }),
    ...(components[quorumComponentOf(spec)].hasFeatures ? [featuresStep] : []),
    { id: 'topics', title: 'Create the topics and apply their settings' },
    { id: 'leaders', title: 'Elect the preferred leaders' },
    ...(spec.metrics === null ? [] : [exporterStep]),
    { id: 'health', title: 'Check health' },
    { id: 'prove', title: 'Write to and read from every partition' },
  ];
}

/** After the binaries, which have to know them. */
const featuresStep: Step = { id: 'features', title: 'Apply the features of the metadata' };

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
export async function* deploy(
  cluster: Cluster,
  options: DeployOptions,
): AsyncGenerator<StepEvent<RollData>, void> {
  const { kube, spec } = cluster;
  yield { kind: 'steps', steps: deploySteps(spec) };
  yield* runStep('check', async function* () {
    const { version } = await checkAccess(kube, { namespace: spec.namespace, signal: cluster.signal });
    const nodes = await refuseWhatCannotBe(cluster, options);
    return `Kubernetes ${version}${nodes}`;
  });
  yield* warnOfZones(cluster);
  yield* warnOfWayBack(cluster);
  yield* runStep('namespace', async function* () {
    const namespace = await ensureNamespace(cluster);
    await ensureAccounts(cluster);
    return namespace;
  });
  yield* withLease(cluster, { ...options, operation: 'deploy' }, async function* (cluster, stopNow) {
    yield* runStep('plan', async function* () {
      // Whoever held the lock before may have changed what was looked at.
      await refuseWhatCannotBe(cluster, options);
      if (options.reviewed === undefined) return 'no plan was given';
      await refuseOtherPlan(cluster, options.reviewed);
      return 'as reviewed';
    });
    yield* runStep('volumes', () => growVolumes(cluster));
    yield* runStep('keys', () => setDynamicKeys(cluster));
    yield* runStep('apply', async function* () {
      const applied = yield* applyObjects(cluster, { stopNow });
      return describeApplied(applied);
    });
    for (const component of componentsOf(cluster.spec))
      yield* runStep(components[component].step, () => bringUp(cluster, component, stopNow));
    if (components[quorumComponentOf(cluster.spec)].hasFeatures)
      yield* runStep(featuresStep.id, () => settleFeatures(cluster));
    let created: string[] = [];
    yield* runStep('topics', async function* () {
      const topics = yield* settleTopics(cluster);
      created = topics.created;
      return describeTopics(topics);
    });
    yield* runStep('leaders', () => electPreferredLeaders(cluster));
    if (cluster.spec.metrics !== null) yield* awaitExporter(cluster);
    yield* runStep('health', () => awaitHealthy(cluster));
    yield* runStep('prove', () => provePath(cluster, created));
  });
}

/** All that is looked at before anything is changed. Returns how many nodes there are, as words. */
async function refuseWhatCannotBe(
  cluster: Cluster,
  { deleteRecords = false }: Pick<DeployOptions, 'deleteRecords'>,
): Promise<string> {
  await refuseForeignObjects(cluster);
  refuse(await readRefusals(cluster));
  if (!deleteRecords) await refuseDeletions(cluster);
  return await checkNodes(cluster);
}

/** @throws KafkaHaError `conflict` where something else would happen now than what was reviewed. */
async function refuseOtherPlan(cluster: Cluster, reviewed: Plan): Promise<void> {
  const details = planDifferences(reviewed, await makePlan(cluster));
  if (details.length === 0) return;
  throw new KafkaHaError('conflict', 'The cluster or its file has changed since the plan was made.', {
    details,
    hint: 'Make a new plan, review it, and deploy that.',
  });
}

/**
 * Resizes or replaces the pods of a StatefulSet that have changed, then waits until every one is ready, telling how many
 * are; fails at once where one cannot start.
 */
async function* bringUp(
  cluster: FencedCluster,
  component: Component,
  stopNow: AbortSignal,
): AsyncGenerator<Told<RollData>, string> {
  const { spec } = cluster;
  const done = yield* rollDue(cluster, component, stopNow);
  yield* awaitReady(cluster, component);
  if (component !== 'kafka') await quorumOf(cluster, component).keepFormed(cluster);
  const { noun, wanted } = components[component];
  const ready = `${count(wanted(spec).pods, noun)} ready`;
  return done === undefined ? ready : `${ready}; ${done}`;
}

/**
 * Writes to every partition of a topic that exists for this alone, one led by each broker, and of the topics that this
 * deploy has just made, with acks=all, and reads the records back. Topics that others may be using get no record.
 */
async function* provePath(
  cluster: FencedCluster,
  created: readonly string[],
): AsyncGenerator<string, string> {
  const { spec } = cluster;
  const listed = spec.topics.filter(({ name }) => created.includes(name));
  await using kafka = await openKafka(cluster);
  const { records, partitions, medianAckMs } = yield* proveWritePath(kafka, {
    topics: [{ name: probeTopic, partitions: spec.brokers }, ...listed],
    runId: randomUUID(),
    recordsPerPartition: 1,
    signal: cluster.signal,
  });
  return `${records} records on ${partitions} partitions, written with acks=all and read back (median ${Math.round(medianAckMs)} ms)`;
}

/**
 * Creates the namespace where it is missing. One that exists is left as it is: an admin may have made it, and a
 * deployer with a namespaced Role may not even read it.
 *
 * @throws KafkaHaError `conflict` while it is being deleted; `forbidden` where it is missing and may not be made.
 */
async function ensureNamespace({ kube, spec, signal }: Cluster): Promise<string> {
  const namespace = renderNamespace(spec);
  const ref = { apiVersion: 'v1', kind: 'Namespace', name: spec.namespace };
  let existing: Awaited<ReturnType<typeof getObject>>;
  try {
    existing = await getObject(kube, ref, { signal });
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'forbidden') return `${spec.namespace} is taken as given`;
    throw error;
  }
  if (existing === undefined) {
    await applyObject(withoutLease('the lease is in this namespace', kube), namespace, {
      fieldManager,
      signal,
    });
    return `${spec.namespace} created`;
  }
  if (existing.metadata.deletionTimestamp !== undefined)
    throw new KafkaHaError('conflict', `namespace ${spec.namespace} is being deleted`, {
      hint: 'Wait until it is gone (kubectl get namespace) and deploy again, or set another `namespace`.',
    });
  return `${spec.namespace} exists`;
}
