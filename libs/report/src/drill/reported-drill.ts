import type { Anomalies, DrillResult, ReplicaFindings } from '@kafka-ha/history';

/** A drill's result and, where the checker's findings are at hand, the records that they are about. */
export type ReportedDrill = DrillResult & {
  anomalies?: Anomalies | null;
  replicas?: ReplicaFindings | null;
};
