import type { Spec } from '@kafka-ha/config';
import { check } from '../check.ts';
import { interruptions, toRunMs } from '../interruptions.ts';
import { noVerdict, verdict, type Verdict } from '../verdict.ts';
import { strips } from '../strips.ts';
import { type Anomalies } from '../anomalies.ts';
import { type DrillResult } from '../drill-result.ts';
import { type History } from '../history.ts';
import { type ReplicaFindings } from '../compare-replicas.ts';
import type { Sightings } from './sightings.ts';
import { notAtOnce } from './at-once.ts';
import { lifelinesOf } from './lifelines.ts';
import { minIsrOf } from './min-isr.ts';
import { phasesOf, type Strike } from './phases.ts';

/** A drill's result, and the records that its verdict is about. */
export type DrillOutcome = DrillResult & { anomalies: Anomalies | null; replicas: ReplicaFindings | null };

/** All that was seen of one drill. */
export type Observation = {
  /** The fault's name, e.g. `kill-broker`. */
  name: string;
  fault: { title: string; planned: boolean };
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
};

/** What a page draws over its width. */
const stripSteps = 160;
const client = 'kafka-ha workload';

/** Judges what was seen. Where the load has told nothing there is no verdict, and no figure. */
export function composeResult(observation: Observation): DrillOutcome {
  const { history } = observation;
  return history === null ? withoutHistory(observation) : fromHistory(history, observation);
}

function fromHistory(history: History, seen: Observation): DrillOutcome {
  const apart = notAtOnce(seen.strike, seen.sightings);
  const observation = { ...seen, doubts: [...seen.doubts, ...(apart === null ? [] : [apart])] };
  const { fault, spec, settledMs, strike, sightings, replicas, replication } = observation;
  const { run, writerEnd } = history;
  const toMs = writerEnd?.stoppedMs ?? history.acknowledged.at(-1)?.ms ?? 0;
  const findings = check(history);
  const measured = interruptions(history, {
    fromMs: Math.min(settledMs, toMs),
    ...(strike.struckAtMs !== null && { faultMs: toRunMs(history, strike.struckAtMs) }),
  });
  const judged = verdict({
    objectives: spec.objectives,
    planned: fault.planned,
    run,
    findings,
    interruptions: measured,
    ...(replicas && { replicas }),
  });
  return {
    ...headOf(observation),
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
    verdict: withDoubts(noVerdict('the load told nothing'), observation),
    anomalies: null,
    replicas: observation.replicas,
  };
}

type Head = Pick<Observation, 'name' | 'fault' | 'spec' | 'strike' | 'doubts' | 'replication'>;

function headOf({ name, fault, spec, strike, doubts, replication }: Head) {
  return {
    version: 1 as const,
    fault: name,
    title: fault.title,
    planned: fault.planned,
    faultMade: strike.struckAtMs !== null && doubts.length === 0,
    victims: strike.victims.map(({ pod }) => pod),
    cluster: {
      name: spec.name,
      namespace: spec.namespace,
      brokers: spec.brokers,
      tolerance: spec.tolerance,
      minInSync: replication.minInSync,
      versions: { kafka: spec.versions.kafka, zookeeper: spec.versions.zookeeper, client },
    },
  };
}

type DoubtsOf = 'unhealed' | 'broken' | 'doubts' | 'replicas' | 'strike';

/** The clocks of this machine and of the load are known to each other better than that. */
const clocksAgreeMs = 1_000;

/** One that was told to end by somebody else ends in good order, and what came after it was seen by nobody. */
function cutShort(history: History, { askedToEndAtMs }: Pick<Observation, 'askedToEndAtMs'>): string[] {
  const stoppedMs = history.writerEnd?.stoppedMs;
  const earlyMs = toRunMs(history, askedToEndAtMs) - (stoppedMs ?? NaN);
  if (!(earlyMs > clocksAgreeMs)) return [];
  return [
    `the load did not come to its end: it stopped ${Math.round(earlyMs / 1000)} s before it was asked to`,
  ];
}

/** A cluster that does not become whole again fails the drill; a drill that was not made as meant says nothing good. */
function withDoubts(
  judged: Verdict,
  {
    unhealed,
    broken,
    doubts: ofFault,
    replicas,
    strike,
    cut = [],
  }: Pick<Observation, DoubtsOf> & { cut?: string[] },
): Verdict {
  const doubts = [
    ...cut,
    ...ofFault,
    ...(broken === null ? [] : [broken]),
    ...(broken === null && strike.struckAtMs === null ? ['the fault was not made'] : []),
    ...(broken === null && replicas === null ? ['the replicas were not compared'] : []),
  ];
  const reasons = [...judged.reasons, ...(unhealed === null ? [] : [unhealed]), ...doubts];
  if (unhealed !== null) return { ...judged, result: 'fail', reasons };
  if (judged.result === 'pass' && doubts.length > 0) return { ...judged, result: 'no-verdict', reasons };
  return { ...judged, reasons };
}
