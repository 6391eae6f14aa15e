import type { AnomalyKind } from './anomalies.ts';
import { anomalyKinds } from './anomalies.ts';
import type { Findings } from './check.ts';
import type { Consumers } from './consumers.ts';
import type { ReplicaFindings } from './compare-replicas.ts';
import type { Interruptions } from './interruptions.ts';
import type { Run } from './run.ts';

export type DrillVerdict = {
  result: 'pass' | 'fail' | 'no-verdict';
  checks: Check[];
  /** Why there is no verdict, or what it leaves open. */
  reasons: string[];
};

/** One objective with its figure. `limit: null`: counted, but nothing was promised. */
export type Check = {
  objective:
    AnomalyKind | 'interruption' | 'latency' | 'delivery' | 'commit' | 'redelivered' | 'diverged' | 'lacking';
  figure: number;
  limit: number | null;
  unit: 'records' | 'ms' | 'partitions';
  result: 'pass' | 'fail' | 'unknown';
};

export type Evidence = {
  /** As in the cluster file: the limit for a fault, and the one for a planned stop. */
  objectives: { interruptionMs: number; plannedInterruptionMs: number };
  planned: boolean;
  run: Run;
  findings: Findings;
  interruptions: Interruptions;
  /** Null where no group of consumers read beside. */
  consumers: Consumers | null;
  /** Left out where the replicas could not be compared: then the verdict says so. */
  replicas?: ReplicaFindings;
};

/**
 * Judges a drill. Fail where something is certainly wrong, also in an incomplete history; pass only where everything
 * was seen and kept its limit; else no verdict.
 */
export function verdict(evidence: Evidence): DrillVerdict {
  const { findings, replicas } = evidence;
  const { writing, reading, consuming } = findings.incomplete;
  const checks = [...dataChecks(evidence), ...timeChecks(evidence), ...consumerChecks(evidence)];
  if (replicas) checks.push(divergence(replicas), lacking(replicas, writing.length === 0));
  const incomplete = [...writing, ...reading, ...consuming, ...(replicas?.incomplete ?? [])];
  const reasons = [...incomplete, ...stalls(evidence)];
  if (checks.some(({ result }) => result === 'fail')) return { result: 'fail', checks, reasons };
  if (reasons.length > 0) return { result: 'no-verdict', checks, reasons };
  return { result: 'pass', checks, reasons };
}

/** The verdict on a drill of which nothing can be said. */
export function noVerdict(reason: string): DrillVerdict {
  return { result: 'no-verdict', checks: [], reasons: [reason] };
}

function dataChecks({ findings, run, consumers }: Evidence): Check[] {
  const { writing, reading, consuming } = findings.incomplete;
  const whole = writing.length + reading.length === 0;
  return anomalyKinds
    .filter((kind) => consumers !== null || !ofGroup.includes(kind))
    .map((kind) => {
      const { count } = findings.anomalies[kind];
      const limit = kind === 'duplicated' && !run.idempotent ? null : 0;
      const seen = whole && (consuming.length === 0 || !ofGroup.includes(kind));
      return { objective: kind, figure: count, limit, unit: 'records', result: judge(count, limit, seen) };
    });
}

/** What only a group of consumers can show. */
const ofGroup: readonly AnomalyKind[] = ['undelivered', 'commit-back'];

/** How long a record waits for a consumer depends on that consumer's settings as well: the file's objectives are of writers. */
function consumerChecks(evidence: Evidence): Check[] {
  const { consumers } = evidence;
  if (consumers === null) return [];
  return [
    { objective: 'delivery', figure: consumers.delivery.worst.ms, limit: null, unit: 'ms', result: 'pass' },
    { objective: 'commit', figure: consumers.commit.ms, limit: null, unit: 'ms', result: 'pass' },
    { objective: 'redelivered', figure: consumers.redelivered, limit: null, unit: 'records', result: 'pass' },
  ];
}

function timeChecks(evidence: Evidence): Check[] {
  const { interruptions, findings } = evidence;
  const whole = findings.incomplete.writing.length === 0;
  return [
    timeCheck('interruption', interruptions.writing.worst.ms, whole, evidence),
    timeCheck('latency', interruptions.latency.worst.ms, whole, evidence),
  ];
}

function timeCheck(
  objective: Check['objective'],
  figure: number,
  whole: boolean,
  { interruptions, ...evidence }: Evidence,
): Check {
  const limit = limitOf(evidence);
  // Where lines are missing, or the workload stood still itself, a long silence says nothing of Kafka.
  const excused = figure > limit && (!whole || figure - interruptions.stalledMs <= limit);
  return { objective, figure, limit, unit: 'ms', result: excused ? 'unknown' : judge(figure, limit, whole) };
}

function limitOf({ objectives, planned }: Pick<Evidence, 'objectives' | 'planned'>): number {
  return planned ? objectives.plannedInterruptionMs : objectives.interruptionMs;
}

function judge(figure: number, limit: number | null, whole: boolean): Check['result'] {
  if (limit === null) return 'pass';
  if (figure > limit) return 'fail';
  return whole ? 'pass' : 'unknown';
}

function divergence({ diverged, corrupt, incomplete }: ReplicaFindings): Check {
  const figure = new Set([...diverged, ...corrupt].map(({ partition }) => partition)).size;
  const result = judge(figure, 0, incomplete.length === 0);
  return { objective: 'diverged', figure, limit: 0, unit: 'partitions', result };
}

/** Where the load may still have written, replicas that were read one after the other end where they were read. */
function lacking({ behind, headless, incomplete }: ReplicaFindings, hasEnded: boolean): Check {
  const figure = new Set([...behind, ...headless].map(({ partition }) => partition)).size;
  const result = figure > 0 && !hasEnded ? 'unknown' : judge(figure, 0, incomplete.length === 0);
  return { objective: 'lacking', figure, limit: 0, unit: 'partitions', result };
}

function stalls({ interruptions, ...evidence }: Evidence): string[] {
  const limit = limitOf(evidence);
  const { stalledMs, writing, latency } = interruptions;
  const excused = [writing.worst.ms, latency.worst.ms].some((ms) => ms > limit && ms - stalledMs <= limit);
  return excused ? [`the workload itself was suspended for up to ${stalledMs} ms`] : [];
}
