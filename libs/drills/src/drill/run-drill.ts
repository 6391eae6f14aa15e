import { isKafkaHaError, messageOf, type Told, waitFor } from '@kafka-ha/base';
import {
  composeDrillResult,
  type DrillOutcome,
  type Observation,
  parseHistory,
  readBackOf,
  type ReplicaFindings,
  type Victim,
  withoutHistory,
} from '@kafka-ha/history';
import { ofComponent, quorumManifests } from '@kafka-ha/manifests';
import { awaitHealthy, type Cluster, type FencedCluster, readPods, withSignal } from '@kafka-ha/cluster';
import { removeGuests } from '../guest/run-guest.ts';
import { compareReplicaLogs, type WhatToCompare } from './compare-replica-logs.ts';
import type { DrillOptions, PlannedDrill } from './drill-options.ts';
import { createDrillTopic, isMeantToBe, replicationOf, type TopicOptions } from './drill-topic.ts';
import { throwFirst } from './faults/all-of.ts';
import { faultOf } from './faults/faults.ts';
import type { Hands } from './faults/fault.ts';
import { mendFault } from './faults/mend-fault.ts';
import { momentAfter } from './faults/signal-jvm.ts';
import { readFaultScene } from './read-fault-scene.ts';
import { type SideProducer, startSideProducer } from './side-producer.ts';
import { watchCluster } from './watch/watch-cluster.ts';
import { Workload } from './workload/workload.ts';
import type { WorkloadOptions } from './workload/workload-objects.ts';

export type RunOptions = DrillOptions & { topic: TopicOptions; runId: string };

const healthyBeforeMs = 60_000;
const healthyAfterMs = 240_000;
/** The load's first seconds, in which its connections are made and its code is compiled, are not measured. */
const settleMs = 3_000;
/** Then it is calm for so long, which is what the fault is compared with. */
const calmMs = 5_000;
/** And after everything is whole, to see that it stays so. */
const tailMs = 3_000;

/** What a drill tells a program while it runs: the load is steady, the fault is made. */
export type DrillData = { kind: 'steady' } | { kind: 'struck'; victims: readonly Victim[] };

type Progress = AsyncGenerator<Told<DrillData>, void>;

/**
 * One drill from a healthy cluster to its verdict. Whatever of it cannot be done, it ends what it began; why there is
 * no more to say is then among the verdict's reasons.
 *
 * @throws KafkaHaError where it was stopped, or where the cluster was not healthy before.
 */
export async function* runDrill(
  cluster: FencedCluster,
  { fault: name, turn }: PlannedDrill,
  options: RunOptions,
): AsyncGenerator<Told<DrillData>, { outcome: DrillOutcome; healed: boolean }> {
  const { load, topic } = options;
  const { spec, signal } = cluster;
  const replication = replicationOf(spec, topic);
  yield 'waiting for a healthy cluster';
  yield* awaitHealthy(cluster, { deadlineMs: healthyBeforeMs });
  yield `creating a topic of ${load.partitions} partitions on ${replication.factor} brokers each`;
  const assignment = await createDrillTopic(cluster, { partitions: load.partitions, topic });
  const observed: Pick<
    Observation,
    'throughput' | 'strike' | 'unhealed' | 'broken' | 'doubts' | 'breaches' | 'replicas'
  > = {
    strike: { victims: [], struckAtMs: null, endedAtMs: null },
    unhealed: null,
    broken: null,
    doubts: [],
    breaches: [],
    replicas: null,
  };
  const subject = { name, fault: faultOf(spec, name), spec, replication };
  yield 'starting the load';
  const coordinator = await likelyVictim(cluster, { fault: name, turn });
  const started = await startLoad(cluster, { ...options, coordinator });
  if (typeof started === 'string')
    return { outcome: withoutHistory({ ...subject, ...observed, broken: started }), healed: true };
  const { beside } = started;
  await using workload = started.workload;
  await using watch = watchCluster(cluster, { ...load, clockOffsetMs: workload.clockOffsetMs });
  const now = () => cluster.kube.clock.wallTime() + workload.clockOffsetMs;
  try {
    const rate = load.partitions * load.ratePerSecond;
    yield { detail: `steady load: ${rate} records/s`, data: { kind: 'steady' } };
    await cluster.kube.clock.sleep(settleMs + calmMs, signal);
    yield* strikeAndMend(cluster, { name, turn, loadNode: workload.node, now, observed, options });
    yield* untilHealed(cluster, observed);
    await cluster.kube.clock.sleep(tailMs, signal);
  } catch (error) {
    observed.broken = reasonOf(error, signal);
  }
  if (beside !== undefined) observed.throughput = await stopped(beside, observed, signal);
  yield 'ending the load: waiting for outcomes, reading everything back';
  const askedToEndAtMs = now();
  const history = parseHistory(await workload.stop());
  yield 'comparing the logs of all replicas on disk';
  observed.replicas = await compared(cluster, { assignment, readBack: readBackOf(history) }, observed);
  await removeGuests(cluster, 'drill').catch(() => undefined);
  const { sightings } = watch;
  const seen = { history, askedToEndAtMs, settledMs: settleMs, sightings };
  const outcome = composeDrillResult({ ...subject, ...observed, ...seen });
  return { outcome, healed: observed.unhealed === null };
}

/** Why it does not write, where it does not: then there is nothing to judge, and nothing was broken yet. */
async function startLoad(
  cluster: FencedCluster,
  options: RunOptions & Pick<WorkloadOptions, 'coordinator'>,
): Promise<{ workload: Workload; beside: SideProducer | undefined } | string> {
  try {
    const { throughput } = options;
    const beside = throughput === undefined ? undefined : await startSideProducer(cluster, throughput);
    return { workload: await Workload.start(cluster, options), beside };
  } catch (error) {
    const reason = reasonOf(error, cluster.signal);
    // Without asking Kafka, which may be why; the topics go at the end of the drills.
    await removeGuests(cluster, 'drill');
    await removeGuests(cluster, 'bench');
    return reason;
  }
}

/** Undefined where it had ended before, or could not be asked: that makes the drill another than was asked for. */
async function stopped(
  beside: SideProducer,
  observed: Pick<Observation, 'doubts'>,
  signal: AbortSignal,
): Promise<Observation['throughput']> {
  try {
    return await beside.stop();
  } catch (error) {
    observed.doubts = [...observed.doubts, reasonOf(error, signal)];
    return undefined;
  }
}

/** The broker that the fault would hit now, or none: where it coordinates the group of consumers they feel that as well. */
async function likelyVictim(
  cluster: FencedCluster,
  { fault, turn }: PlannedDrill,
): Promise<number | undefined> {
  try {
    const scene = await readFaultScene(cluster, { loadNode: '', turn });
    return ofComponent(faultOf(cluster.spec, fault).choose(scene), 'kafka')[0]?.ordinal;
  } catch (error) {
    reasonOf(error, cluster.signal);
    return undefined;
  }
}

type Course = {
  name: PlannedDrill['fault'];
  turn: number;
  loadNode: string;
  now: () => number;
  observed: Pick<Observation, 'strike' | 'doubts' | 'breaches'>;
  options: RunOptions;
};

/** Makes the fault and, where it would not pass by itself, undoes it after its time, also when stopped meanwhile. */
async function* strikeAndMend(cluster: FencedCluster, course: Course): Progress {
  const { name, turn, loadNode, now, observed, options } = course;
  const { nodes, durationMs } = options;
  const { signal } = cluster;
  const fault = faultOf(cluster.spec, name);
  yield 'choosing whom it hits';
  const victims = fault.choose(await readFaultScene(cluster, { loadNode, turn }));
  observed.strike = { ...observed.strike, victims };
  const before = await readPods(cluster);
  const doubt = (reason: string) => void (observed.doubts = [...observed.doubts, reason]);
  const breach = (reason: string) => void (observed.breaches = [...observed.breaches, reason]);
  const atOnce = victims.length > 1 && fault.inTurn !== true;
  const moment = atOnce ? momentAfter(now(), doubt) : undefined;
  const hands: Hands = { cluster, durationMs, nodes, moment, doubt, breach };
  const whom = victims.map(({ pod }) => pod).join(' and ');
  const failures: unknown[] = [];
  try {
    observed.strike = {
      ...observed.strike,
      struckAtMs: moment === undefined ? now() : moment.atSecond * 1000,
    };
    // Nodes are not reached through the API server, which asks by itself.
    await cluster.kube.fence();
    await struck(fault.strike(victims, hands), observed);
    yield { detail: `the fault is made: ${whom}`, data: { kind: 'struck', victims } };
    if (fault.end)
      await Promise.all([cluster.kube.clock.sleep(durationMs, signal), fault.meanwhile?.(victims, hands)]);
  } catch (error) {
    failures.push(error);
  } finally {
    const isStruck = observed.strike.struckAtMs !== null;
    const unmended = await mendFault(fault, { victims, hands, pods: before, isStruck });
    if (fault.end && unmended.length === 0) observed.strike = { ...observed.strike, endedAtMs: now() };
    throwFirst([...failures, ...unmended]);
  }
  if (fault.end) {
    // A session that the fault has broken off may still be missed now that it is over.
    yield 'the fault is over';
    await cluster.kube.clock.sleep(quorumManifests(cluster.spec).sessionMs, signal);
    return;
  }
  yield `waiting for ${whom} to be back`;
  await replaced(cluster, victims, before);
}

/** One that could not be made, or not on all its victims, is none: nothing is told of its time, and no ledger counts it. */
async function struck(strike: Promise<void>, observed: Pick<Observation, 'strike'>): Promise<void> {
  try {
    await strike;
  } catch (error) {
    observed.strike = { ...observed.strike, struckAtMs: null };
    throw error;
  }
}

/** A killed process is not missed at once: without this the cluster would be found healthy before it is hurt. */
async function replaced(
  cluster: Cluster,
  victims: readonly Victim[],
  before: Awaited<ReturnType<typeof readPods>>,
): Promise<void> {
  const lifeOf = (pods: typeof before, name: string) => pods.find((pod) => pod.name === name)?.startedAt;
  const names = victims.map(({ pod }) => pod);
  await waitFor(
    `${names.join(' and ')} to be started again`,
    async (probeSignal) => {
      const now = await readPods(withSignal(cluster, probeSignal)).catch(() => []);
      return names.every((name) => {
        const life = lifeOf(now, name);
        return life !== undefined && life !== lifeOf(before, name);
      });
    },
    { deadlineMs: healthyAfterMs, intervalMs: 500, signal: cluster.signal },
  );
}

async function* untilHealed(cluster: Cluster, observed: { unhealed: string | null }): Progress {
  try {
    yield* awaitHealthy(cluster, { deadlineMs: healthyAfterMs, accepts: isMeantToBe });
  } catch (error) {
    if (!isKafkaHaError(error) || error.code !== 'unhealthy') throw error;
    observed.unhealed = [error.message, ...error.details].join('; ');
  }
}

/** Null where they could not be compared, with the reason among those of the drill. */
async function compared(
  cluster: Cluster,
  what: WhatToCompare,
  observed: { broken: string | null },
): Promise<ReplicaFindings | null> {
  try {
    return await compareReplicaLogs(cluster, what);
  } catch (error) {
    const reason = reasonOf(error, cluster.signal);
    observed.broken ??= reason;
    return null;
  }
}

/** What is no fault of this project's own, and no wish to stop, leaves the drill without a verdict. */
function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted || !isKafkaHaError(error)) throw error;
  return [messageOf(error), ...error.details.slice(-3)].join('; ');
}
