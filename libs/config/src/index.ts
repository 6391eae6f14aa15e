export {
  INTERNAL_TOPIC_PARTITIONS,
  INTERNAL_TOPIC_SEGMENT_BYTES,
  LOG_RETENTION_CHECK_INTERVAL_MS,
  LOG_SEGMENT_DELETE_DELAY_MS,
} from './broker-constants.ts';
export {
  checkClusterFile,
  type CheckOptions,
  type CheckResult,
  type RefusalCode,
} from './check-cluster-file.ts';
export { autosize, type NewSizes } from './autosize/autosize.ts';
export type { NearRetention, NodeRoom, Usage } from './autosize/usage.ts';
export { brokerEdits } from './edit/broker-edits.ts';
export { editClusterFile, type Edit } from './edit/edit-cluster-file.ts';
export { versionEdits } from './edit/version-edits.ts';
export { inMode } from './mode/in-mode.ts';
export { hasControllers, isMigrating, migratedRelease, type Mode } from './mode/mode.ts';
export { brokersQuorum, otherQuorum, quorums, quorumsIn, type QuorumSection } from './mode/quorums.ts';
export { parseChangedFile, parseClusterFile } from './parse-cluster-file.ts';
export { prove, type Claim, type Proof } from './proof/prove.ts';
export type { Load, Sizing } from './sizing/sizing.ts';
export { formatProblem, type Problem, type Warning } from './source/problem.ts';
export { kafkaVersionRefusal, protocolOf } from './mode/kafka-version.ts';
export { toleranceOf } from './other-topics.ts';
export { workloadNode } from './mode/default-versions.ts';
export type {
  MetricsSpec,
  PodSettings,
  QuorumSpec,
  Separation,
  Spec,
  Toleration,
  TopicSpec,
} from './spec.ts';
export { quorumServersOf } from './spec-of.ts';
export { LEAST_EXPORTER_MEMORY } from './sizing/exporter-memory.ts';
export { VOLUME_FILL } from './sizing/size-disk.ts';
export { formatBytes, sizeText } from './units/bytes.ts';
export { formatCpu } from './units/cpu.ts';
export { formatDuration, parseDuration } from './units/duration.ts';
export { formatRate, parseRate } from './units/rate.ts';
export { explain, type Explanation, type ExplanationLine } from './explain.ts';
export { clusterJsonSchema, schemaAddress } from './json-schema.ts';
export { brokerKeys } from './kafka-config/broker-keys.ts';
export { canonicalSettings, canonicalValue, isSameValue } from './kafka-config/canonical-value.ts';
export {
  canLowerMetadata,
  featuresOf,
  metadataFeature,
  raisedFeatures,
  releaseOfMetadata,
} from './kafka-config/features-of.ts';
export { releaseNumber, type ReleaseFeatures } from './kafka-config/release-of.ts';
export { differingKeys, releaseRefusal, type LiveSetting } from './kafka-config/release-refusal.ts';
export type { BrokerKey, TopicKey } from './kafka-config/kafka-key.ts';
export { brokerKeysOf, removedSettings, topicKeysOf } from './kafka-config/keys-of.ts';
export { topicKeys } from './kafka-config/topic-keys.ts';
export {
  duration,
  wholeNumber,
  listOf,
  version,
  brokerId,
  brokerCount,
  clusterFileNames,
  clusterName,
  defaultClusterFile,
  namespaceName,
  controllerOrdinal,
  rate,
  toleranceCount,
  oneOf,
  type ValueKind,
  wordsOf,
} from './values.ts';
