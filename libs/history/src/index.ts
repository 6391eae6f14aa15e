export { anomalyKinds, type Anomalies, type Anomaly, type AnomalyKind } from './anomalies.ts';
export { check, type RecordCounts, type Findings } from './check.ts';
export type { Incompleteness } from './completeness.ts';
export { consumers, type Consumers } from './consumers.ts';
export { parseHistory, type History } from './history.ts';
export * from './line.ts';
export { clientNames, intendedMs, type ClientName, type Run } from './run.ts';
export { bound } from './bound.ts';
export { keeperOf, type DrilledVersions } from './drilled-versions.ts';
export type { DrillResult, Lifeline, Phases, Strips, Throughput } from './drill-result.ts';
export { compareReplicas, type Divergence, type ReplicaFindings, type Replicas } from './compare-replicas.ts';
export { parseDumpedLogs, type Batch, type BrokerLogs } from './dump-log-segments.ts';
export {
  interruptions,
  partLatencies,
  toRunMs,
  type Distribution,
  type Interruptions,
  type PartitionFigure,
  type Spread,
} from './interruptions.ts';
export {
  emptyLedger,
  formatLedgerEntry,
  ledgerBound,
  ledgerEntryOf,
  parseLedger,
  type Figures,
  type Ledger,
  type LedgerEntry,
} from './ledger.ts';
export { readBackOf } from './read-back-of.ts';
export { strips } from './strips.ts';
export { noVerdict, verdict, type Check, type Evidence, type DrillVerdict } from './verdict.ts';
export {
  type DrillOutcome,
  withoutHistory,
  composeDrillResult,
  type Observation,
} from './result/compose-result.ts';
export { type Sightings } from './result/sightings.ts';
export { type Victim } from './result/phases.ts';
