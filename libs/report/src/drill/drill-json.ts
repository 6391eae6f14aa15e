import type { DrillVerdict } from '@kafka-ha/history';
import { overallVerdict, type ReportedDrill } from './reported-drill.ts';

/** What `drillJson` writes. A field may be added within a version, none is taken away or changes its meaning. */
export type DrillReport = { version: 1; verdict: DrillVerdict['result']; results: readonly ReportedDrill[] };

/** The results for machines: one JSON document, a line of its own. */
export function drillJson(results: readonly ReportedDrill[]): string {
  const report: DrillReport = { version: 1, verdict: overallVerdict(results), results };
  return `${JSON.stringify(report)}\n`;
}
