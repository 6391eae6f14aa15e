import { KafkaHaError, runStep, type StepEvent } from '@kafka-ha/base';
import { checkAccess } from '@kafka-ha/kube';
import { kafkaConfigOf, ordinals, probeTopic } from '@kafka-ha/manifests';
import {
  type Actor,
  awaitHealthy,
  checkNodes,
  type Cluster,
  configWhileMoving,
  lockStep,
  openKafka,
  refuseForeignObjects,
  setDynamicConfig,
  withLease,
} from '@kafka-ha/cluster';
import { describeMoves } from '@kafka-ha/report';
import { balancedAssignment, type ScalePlan } from '@kafka-ha/planning';
import { prove, quorumServersOf, type Spec } from '@kafka-ha/config';
import {
  alterTopicConfigs,
  createPartitions,
  type FencedKafka,
  readTopicConfigs,
  readTopics,
} from '@kafka-ha/kafka';
import { electPreferredLeaders } from '../roll/elect-preferred-leaders.ts';
import { refuseLoss } from '../plan/refuse-deletions.ts';
import { addBrokers } from './add-brokers.ts';
import { applyBrokers } from './apply-brokers.ts';
import { forgetFormer } from './forget-former.ts';
import { makeScalePlan } from './make-scale-plan.ts';
import { moveReplicas } from './move-replicas.ts';
import { brokersNow, refuseWhileMigrating } from './refusals.ts';
import { removeBrokers } from './remove-brokers.ts';
import { scaleDifferences } from './scale-differences.ts';
import { tellExporter } from './tell-exporter.ts';

const minInSyncKey = 'min.insync.replicas';

export type ScaleOptions = {
  /** Of each broker, for replicas that are not in sync; chosen from the live load and the sizing where it is not given. */
  throttleBytesPerSecond?: number;
  /** The person named the tolerance: a change of the replication factor is refused otherwise. */
  toleranceIsSaid: boolean;
  /** A plan that somebody has approved: it is carried out only if it still is what would happen. */
  reviewed?: ScalePlan;
  /** Somebody has said that records may be deleted, as fewer brokers may have to keep less. */
  deleteRecords?: boolean;
  actor: Actor;
};

const planSteps = [
  { id: 'check', title: 'Check the target cluster' },
  { id: 'plan', title: 'Plan the move' },
];

const steps = [
  planSteps[0]!,
  lockStep,
  planSteps[1]!,
  { id: 'add', title: 'Add brokers' },
  { id: 'move', title: 'Move replicas' },
  { id: 'leaders', title: 'Elect the preferred leaders' },
  { id: 'remove', title: 'Remove brokers' },
  { id: 'settle', title: 'Settle the configuration' },
  { id: 'health', title: 'Check health' },
];

/** What `scale` would do, without doing any of it. Needs no lock. */
export async function* scalePlan(
  cluster: Cluster,
  options: Omit<ScaleOptions, 'actor'>,
): AsyncGenerator<StepEvent, ScalePlan> {
  yield { kind: 'steps', steps: planSteps };
  yield* runStep('check', () => check(cluster));
  await using kafka = await openKafka(cluster);
  return yield* runStep('plan', () => makeScalePlan(cluster, kafka, options), describeMoves);
}

/**
 * Makes the cluster as large as the spec says and moves the least that has to be moved for it: brokers are added before
 * anything is moved to them, and removed once nothing is left on them. Safe to run again at any time: what is left to do
 * follows from the cluster, so one that was killed goes on where it was.
 *
 * @throws KafkaHaError `invalid-usage` for a change of replicas that was not said, or a throttle below the inflow;
 * `promise-broken` for too few nodes; `unhealthy`, `lock-held`, `deadline-exceeded` …
 */
export async function* scale(cluster: Cluster, options: ScaleOptions): AsyncGenerator<StepEvent, void> {
  const { spec } = cluster;
  yield { kind: 'steps', steps };
  yield* runStep('check', () => check(cluster));
  yield* withLease(cluster, { ...options, operation: 'scale' }, async function* (cluster, stopNow) {
    await using kafka = await openKafka(cluster);
    const { brokers, empty, throttle } = yield* runStep(
      'plan',
      async function* () {
        const plan = yield* makeScalePlan(cluster, kafka, options);
        refuseOther(plan, options.reviewed);
        if (options.deleteRecords !== true) refuseLoss(plan.deletions);
        return plan;
      },
      describeMoves,
    );
    const whileMoving = await configWhileMoving(kafka, spec);
    const final = kafkaConfigOf(spec).dynamic;
    if (empty.length > 0)
      yield* runStep('add', () => addBrokers(cluster, kafka, { empty, dynamic: whileMoving }));
    else yield { kind: 'skipped', step: 'add', reason: 'there are enough' };
    yield* runStep('move', async function* () {
      yield* setDynamicConfig(kafka, whileMoving, cluster.signal);
      await dropBrokenMinInSync(kafka, spec, 'too-high');
      await growProbeTopic(kafka, spec);
      await tellExporter(cluster, brokers.from);
      return yield* moveReplicas(cluster, kafka, {
        bytesPerSecond: throttle.bytesPerSecond,
        stopNow,
      });
    });
    yield* runStep('leaders', () => electPreferredLeaders(cluster));
    if (brokers.to < brokers.from)
      yield* runStep('remove', () =>
        removeBrokers(cluster, kafka, { from: brokers.from, dynamic: whileMoving }),
      );
    else yield { kind: 'skipped', step: 'remove', reason: 'no broker to remove' };
    yield* runStep('settle', async function* () {
      const changed = yield* setDynamicConfig(kafka, final, cluster.signal);
      await dropBrokenMinInSync(kafka, spec, 'any');
      yield* applyBrokers(cluster, { brokers: spec.brokers, dynamic: final, isFinal: true });
      await forgetFormer(cluster, kafka);
      return changed.length === 0 ? 'nothing to change' : `${changed.join(', ')} changed`;
    });
    yield* runStep('health', () => awaitHealthy(cluster));
  });
}

function refuseOther(plan: ScalePlan, reviewed: ScalePlan | undefined): void {
  const details = reviewed === undefined ? [] : scaleDifferences(reviewed, plan);
  if (details.length === 0) return;
  throw new KafkaHaError('conflict', 'The cluster or its file has changed since the plan was made.', {
    details,
    hint: 'Make a new plan, review it, and scale with that. Nothing was changed.',
  });
}

async function* check(cluster: Cluster): AsyncGenerator<string, string> {
  const { kube, spec } = cluster;
  const { version } = await checkAccess(kube, { namespace: spec.namespace, signal: cluster.signal });
  await refuseForeignObjects(cluster);
  await refuseWhileMigrating(cluster);
  const from = await brokersNow(cluster);
  const nodes = spec.brokers > from ? await checkNodes(cluster) : '';
  return `Kubernetes ${version}${nodes}, ${from} brokers now, ${spec.brokers} wanted`;
}

/**
 * Takes back a topic's own min.insync.replicas where it does not keep the spec's promise; it then has the brokers'. Those
 * above the spec's go before replicas are dropped, or writes would be refused; those below it afterwards.
 */
async function dropBrokenMinInSync(
  kafka: FencedKafka,
  spec: Spec,
  which: 'too-high' | 'any',
): Promise<string[]> {
  const names = (await readTopics(kafka)).map(({ name }) => name);
  const broken = [...(await readTopicConfigs(kafka, names))].filter(([, config]) => {
    const { value, source } = config[minInSyncKey] ?? {};
    const minInSync = Number(value);
    if (source !== 'topic' || keepsPromise(spec, minInSync)) return false;
    return which === 'any' || minInSync > spec.replication.minInSync;
  });
  if (broken.length > 0)
    await alterTopicConfigs(kafka, new Map(broken.map(([topic]) => [topic, { [minInSyncKey]: null }])));
  return broken.map(([topic]) => topic);
}

function keepsPromise(spec: Spec, minInSync: number): boolean {
  const { brokers, replication, tolerance, mode } = spec;
  const { factor } = replication;
  const quorumServers = quorumServersOf(spec);
  return prove({ brokers, factor, minInSync, tolerance, quorumServers, mode }).kind === 'holds';
}

/** The topic that checks write to has a partition for each broker. Where the new ones are is not final: they are moved with the rest. */
async function growProbeTopic(kafka: FencedKafka, spec: Spec): Promise<void> {
  const [probe] = await readTopics(kafka, [probeTopic]);
  const existing = probe?.partitions.length ?? 0;
  if (probe === undefined || existing >= spec.brokers) return;
  const led = new Set(probe.partitions.map(({ replicas: [preferred] }) => preferred));
  const assignment = balancedAssignment({
    brokers: ordinals(spec.brokers),
    partitions: spec.brokers,
    // Kafka takes new partitions with as many replicas as the others have, no more and no fewer.
    replicationFactor: probe.partitions[0]?.replicas.length ?? spec.replication.factor,
  });
  const missing = assignment.filter(([preferred]) => !led.has(preferred)).slice(0, spec.brokers - existing);
  if (missing.length > 0) await createPartitions(kafka, { name: probeTopic, existing, assignment: missing });
}
