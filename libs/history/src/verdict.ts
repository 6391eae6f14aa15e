import type { AnomalyKind } from './anomalies.ts';
import { anomalyKinds } from './anomalies.ts';
import type { Findings } from './check.ts';
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
  objective: AnomalyKind | 'interruption' | 'latency' | 'diverged' | 'lacking';
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
  /** Left out where the replicas could not be compared: then the verdict says so. */
  replicas?: ReplicaFindings;
};

/**
 * Judges a drill. Fail where something is certainly wrong, also in an incomplete history; pass only where everything
 * was seen and kept its limit; else no verdict.
 */
export function verdict(evidence: Evidence): DrillVerdict {
  const { findings, replicas } = evidence;
  const { writing, reading } = findings.incomplete;
  const checks = [...dataChecks(evidence), ...timeChecks(evidence)];
  if (replicas) checks.push(divergence(replicas), lacking(replicas, writing.length === 0));
  const reasons = [...writing, ...reading, ...(replicas?.incomplete ?? []), ...stalls(evidence)];
  if (checks.some(({ result }) => result === 'fail')) return { result: 'fail', checks, reasons };
  if (reasons.length > 0) return { result: 'no-verdict', checks, reasons };
  return { result: 'pass', checks, reasons };
}

/** The verdict on a drill of which nothing can be said. */
export function noVerdict(reason: string): DrillVerdict {
  return { result: 'no-verdict', checks: [], reasons: [reason] };
}

function dataChecks({ findings, run }: Evidence): Check[] {
  const { writing, reading } = findings.incomplete;
  const whole = writing.length + reading.length === 0;
  return anomalyKinds.map((kind) => {
    const { count } = findings.anomalies[kind];
    const limit = kind === 'duplicated' && !run.idempotent ? null : 0;
    return { objective: kind, figure: count, limit, unit: 'records', result: judge(count, limit, whole) };
  });
}

function timeChecks({ objectives, planned, interruptions, findings }: Evidence): Check[] {
  const limit = planned ? objectives.plannedInterruptionMs : objectives.interruptionMs;
  const whole = findings.incomplete.writing.length === 0;
  const figures = [
    { objective: 'interruption', figure: interruptions.writing.worst.ms },
    { objective: 'latency', figure: interruptions.latency.worst.ms },
  ] as const;
  return figures.map(({ objective, figure }) => {
    // Where lines are missing, or the workload stood still itself, a long silence says nothing of Kafka.
    const excused = figure > limit && (!whole || figure - interruptions.stalledMs <= limit);
    return {
      objective,
      figure,
      limit,
      unit: 'ms',
      result: excused ? 'unknown' : judge(figure, limit, whole),
    };
  });
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

function stalls({ interruptions, objectives, planned }: Evidence): string[] {
  const limit = planned ? objectives.plannedInterruptionMs : objectives.interruptionMs;
  const { stalledMs, writing, latency } = interruptions;
  const excused = [writing.worst.ms, latency.worst.ms].some((ms) => ms > limit && ms - stalledMs <= limit);
  return excused ? [`the workload itself was suspended for up to ${stalledMs} ms`] : [];
}
