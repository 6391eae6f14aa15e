export type {
  BrokerLogBytes,
  ClusterReading,
  CommittedOffset,
  LogsOf,
  PartitionLog,
  RetentionLimits,
  WrittenLately,
} from './cluster-reading.ts';
export { consumerLags, type ConsumerLag } from './consumer-lag.ts';
export { endsOf, rememberEnds, type EndHistory, type EndsAt } from './end-history.ts';
export {
  metricCatalogue,
  type MetricEntry,
  type MetricName,
  type Metrics,
  type Sample,
} from './metric-catalogue.ts';
export { metricsOf } from './metrics-of.ts';
export { clusterLabel } from './query.ts';
export { rememberWritten } from './written-lately.ts';
export { alertRules, type AlertRule } from './alerts/alert-rules.ts';
export { pausableSeconds } from './alerts/partitions-that-are.ts';
export { operatorObjects, ruleFile, ruleFileYaml } from './alerts/render-rules.ts';
export { dashboard, dashboardObject } from './dashboard/render-dashboard.ts';
