import type { Anomalies, DrillResult, ReplicaFindings, DrillVerdict } from '@kafka-ha/history';

/** A drill's result and, where the checker's findings are at hand, the records that they are about. */
export type ReportedDrill = DrillResult & {
  anomalies?: Anomalies | null;
  replicas?: ReplicaFindings | null;
};

/** Pass only where every drill passed, and there was one; fail where any failed. */
export function overallVerdict(results: readonly Pick<DrillResult, 'verdict'>[]): DrillVerdict['result'] {
  const all = results.map(({ verdict }) => verdict.result);
  if (all.includes('fail')) return 'fail';
  return all.length > 0 && all.every((result) => result === 'pass') ? 'pass' : 'no-verdict';
}
