import type { Spec } from '@kafka-ha/config';
import type { PodState } from '@kafka-ha/health';
import { quorumManifests } from '@kafka-ha/manifests';
import { check } from '../check.ts';
import { consumers } from '../consumers.ts';
import { interruptions, toRunMs } from '../interruptions.ts';
import { noVerdict, verdict, type DrillVerdict } from '../verdict.ts';
import { strips } from '../strips.ts';
import type { Anomalies } from '../anomalies.ts';
import { drilledVersions } from '../drilled-versions.ts';
import type { DrillResult, Lifeline, Throughput } from '../drill-result.ts';
import type { History } from '../history.ts';
import type { ClientName } from '../run.ts';
import type { ReplicaFindings } from '../compare-replicas.ts';
import type { Sightings } from './sightings.ts';
import { notAtOnce, notFenced } from './fault-doubts.ts';
import { phasesOf, type Strike } from './phases.ts';

/** A drill's result, and the records that its verdict is about. */
export type DrillOutcome = DrillResult & { anomalies: Anomalies | null; replicas: ReplicaFindings | null };

/** All that was seen of one drill. */
export type Observation = {
  /** The fault's name, e.g. `kill-broker`. */
  name: string;
  fault: { title: string; planned: boolean; endsSession?: boolean; inTurn?: boolean };
  spec: Spec;
  replication: { factor: number; minInSync: number };
  /** What the load has told; null where that was nothing. */
  history: History | null;
  /** What came before this many milliseconds of the run is the load's own start. */
  settledMs: number;
  /** When the drill asked the load to end, in milliseconds since 1970 by the cluster's clock. */
  askedToEndAtMs: number;
  strike: Strike;
  sightings: Sightings;
  replicas: ReplicaFindings | null;
  /** Why the cluster was not healthy again in time, or null. */
  unhealed: string | null;
  /** Why something of the drill itself could not be done, or null. */
  broken: string | null;
  /** What makes the fault another than its title says. */
  doubts: readonly string[];
  /** What the cluster let happen that it must not. */
  breaches: readonly string[];
  throughput?: Throughput | undefined;
};

/** What a page draws over its width. */
const stripSteps = 160;

/** Judges what was seen. Where the load has told nothing there is no verdict, and no figure. */
export function composeDrillResult(observation: Observation): DrillOutcome {
  const { history } = observation;
  return history === null ? withoutHistory(observation) : fromHistory(history, observation);
}

function fromHistory(history: History, seen: Observation): DrillOutcome {
  const apart = seen.fault.inTurn === true ? null : notAtOnce(seen.strike, seen.sightings);
  const { sessionMs } = quorumManifests(seen.spec);
  const stayed = seen.fault.endsSession === true ? notFenced(seen.strike, seen.sightings, sessionMs) : null;
  const ofSightings = [apart, stayed].filter((doubt) => doubt !== null);
  const observation = { ...seen, doubts: [...seen.doubts, ...ofSightings] };
  const { fault, spec, settledMs, strike, sightings, replicas, replication } = observation;
  const { run, writerEnd } = history;
  const toMs = writerEnd?.stoppedMs ?? history.acknowledged.at(-1)?.ms ?? 0;
  const findings = check(history);
  const measured = interruptions(history, {
    fromMs: Math.min(settledMs, toMs),
    ...(strike.struckAtMs !== null && { faultMs: toRunMs(history, strike.struckAtMs) }),
  });
  const consumed = consumers(history, { fromMs: Math.min(settledMs, toMs), toMs });
  const judged = verdict({
    objectives: spec.objectives,
    planned: fault.planned,
    run,
    findings,
    interruptions: measured,
    consumers: consumed,
    ...(replicas && { replicas }),
  });
  return {
    ...headOf(observation, run.client),
    run: {
      id: run.id,
      startedAtEpochMs: run.startedAt,
      toMs,
      partitions: run.partitions,
      ratePerSecond: run.ratePerSecond,
    },
    phases: phasesOf(history, strike, { sightings, interruptions: measured, replicas: replication.factor }),
    lifelines: lifelinesOf(history, sightings, toMs),
    minIsr: minIsrOf(history, sightings),
    strips: strips(history, { stepMs: Math.max(100, Math.ceil(toMs / stripSteps / 50) * 50), toMs }),
    counts: findings.counts,
    interruptions: measured,
    consumers: consumed,
    verdict: withDoubts(judged, { ...observation, cut: cutShort(history, observation) }),
    anomalies: findings.anomalies,
    replicas,
  };
}

/** Of a drill whose load has told nothing, or was never there. */
export function withoutHistory(
  observation: Omit<Observation, 'history' | 'settledMs' | 'askedToEndAtMs' | 'sightings'>,
): DrillOutcome {
  const phases = { detectedMs: null, electedMs: null, acknowledgedMs: null, inSyncMs: null, readyMs: null };
  return {
    ...headOf(observation),
    run: null,
    phases: { faultMs: null, endedMs: null, ...phases, restarts: 0 },
    lifelines: [],
    minIsr: [],
    strips: { stepMs: 1000, partitions: [] },
    counts: null,
    interruptions: null,
    consumers: null,
    verdict: withDoubts(noVerdict('the load reported nothing'), observation),
    anomalies: null,
    replicas: observation.replicas,
  };
}

type Head = Pick<Observation, 'name' | 'fault' | 'spec' | 'strike' | 'doubts' | 'replication' | 'throughput'>;

function headOf(
  { name, fault, spec, strike, doubts, replication, throughput }: Head,
  client: ClientName = 'own',
) {
  return {
    version: 1 as const,
    fault: name,
    title: fault.title,
    planned: fault.planned,
    faultMade: strike.struckAtMs !== null && doubts.length === 0,
    victims: strike.victims.map(({ pod }) => pod),
    ...(throughput && { throughput }),
    cluster: {
      name: spec.name,
      namespace: spec.namespace,
      brokers: spec.brokers,
      tolerance: spec.tolerance,
      minInSync: replication.minInSync,
      versions: drilledVersions(spec, client),
    },
  };
}

type DoubtsOf = 'unhealed' | 'broken' | 'doubts' | 'breaches' | 'replicas' | 'strike';

/** The clocks of this machine and of the load are known to each other better than that. */
const clocksAgreeMs = 1_000;

/** One that was told to end by somebody else ends in good order, and what came after it was seen by nobody. */
function cutShort(history: History, { askedToEndAtMs }: Pick<Observation, 'askedToEndAtMs'>): string[] {
  const stoppedMs = history.writerEnd?.stoppedMs;
  const earlyMs = toRunMs(history, askedToEndAtMs) - (stoppedMs ?? NaN);
  if (!(earlyMs > clocksAgreeMs)) return [];
  return [`the load did not finish: it stopped ${Math.round(earlyMs / 1000)} s before it was asked to`];
}

/** A cluster that does not become whole again fails the drill; a drill that was not made as meant says nothing good. */
function withDoubts(
  judged: DrillVerdict,
  {
    unhealed,
    broken,
    doubts: ofFault,
    breaches,
    replicas,
    strike,
    cut = [],
  }: Pick<Observation, DoubtsOf> & { cut?: string[] },
): DrillVerdict {
  const doubts = [
    ...cut,
    ...ofFault,
    ...(broken === null ? [] : [broken]),
    ...(broken === null && strike.struckAtMs === null ? ['the fault was not injected'] : []),
    ...(broken === null && replicas === null ? ['the replicas were not compared'] : []),
  ];
  const failures = [...breaches, ...(unhealed === null ? [] : [unhealed])];
  const reasons = [...judged.reasons, ...failures, ...doubts];
  if (failures.length > 0) return { ...judged, result: 'fail', reasons };
  if (judged.result === 'pass' && doubts.length > 0) return { ...judged, result: 'no-verdict', reasons };
  return { ...judged, reasons };
}

/** The smallest in-sync set of any partition, from the run's start and at each change of it. */
function minIsrOf(history: History, { partitions }: Sightings): DrillResult['minIsr'] {
  const inOrder = partitions.toSorted((a, b) => a.epochMs - b.epochMs);
  const sizes = new Map<number, number>();
  const changes: { ms: number; size: number }[] = [];
  for (const { epochMs, partition, isr } of inOrder) {
    sizes.set(partition, isr.length);
    const size = Math.min(...sizes.values());
    const ms = Math.max(0, toRunMs(history, epochMs));
    const last = changes.at(-1);
    if (last?.ms === ms) last.size = size;
    else if (last?.size !== size) changes.push({ ms, size });
  }
  return changes;
}

type Look = { ms: number; pods: ReadonlyMap<string, PodState> };

type State = Lifeline['spans'][number]['state'];

/** What each pod was over the run, from one look to the next. */
function lifelinesOf(history: History, { pods }: Sightings, toMs: number): Lifeline[] {
  const looks = pods.map((look): Look => ({
    ms: Math.max(0, toRunMs(history, look.epochMs)),
    pods: new Map(look.pods.map((pod) => [pod.name, pod])),
  }));
  const known = new Map(pods.flatMap((look) => look.pods).map(({ name, component }) => [name, component]));
  return [...known].map(([name, component]) => ({ name, component, spans: spansOf(name, looks, toMs) }));
}

function spansOf(name: string, looks: readonly Look[], toMs: number): Lifeline['spans'] {
  const spans: { fromMs: number; toMs: number; state: State }[] = [];
  for (const [index, look] of looks.entries()) {
    const state = stateOf(look.pods.get(name));
    const fromMs = index === 0 ? 0 : look.ms;
    const endMs = Math.min(looks[index + 1]?.ms ?? toMs, toMs);
    const last = spans.at(-1);
    if (endMs <= fromMs) continue;
    if (last?.state === state) last.toMs = endMs;
    else spans.push({ fromMs, toMs: endMs, state });
  }
  return spans;
}

function stateOf(pod: PodState | undefined): State {
  if (pod === undefined || pod.waiting !== null) return 'gone';
  return pod.ready && !pod.deleting ? 'ready' : 'not-ready';
}
