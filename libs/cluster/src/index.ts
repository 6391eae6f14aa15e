export { type Cluster, type FencedCluster, withSignal } from './cluster.ts';
export { dialBroker, openKafka, type LastingKafka, lastingKafka } from './connect.ts';
export { allowFormatting, endFormatting } from './quorum/mark-formed.ts';
export { readFeatures } from './quorum/read-features.ts';
export { quorumsBy, type QuorumReader } from './quorum/quorums-by.ts';
export { quorumOf } from './quorum/quorum.ts';
export { readControllerLoss, type ControllerLoss } from './quorum/read-loss.ts';
export type { Quorum } from './quorum/quorum-port.ts';
export { applyObjects, describeApplied } from './objects/apply-objects.ts';
export { awaitReady } from './objects/await-ready.ts';
export {
  type DynamicConfig,
  configWhileMoving,
  setDynamicConfig,
  setDynamicKeys,
  readDynamicChanges,
} from './objects/set-dynamic-keys.ts';
export { findUnrendered } from './objects/prune-unrendered.ts';
export { describeChange } from './objects/tell-brokers.ts';
export { withLiveVolumes } from './objects/with-live-volumes.ts';
export { checkNodes } from './preflight/check-nodes.ts';
export { readLargestNode } from './preflight/largest-node.ts';
export { refuseForeignObjects } from './preflight/refuse-foreign-objects.ts';
export { warnOfZones } from './preflight/warn-of-zones.ts';
export { awaitHealthy } from './state/await-healthy.ts';
export { containerOf } from './state/container-of.ts';
export { readAppliedKeys, readAppliedReplication, readServerProperties } from './state/read-applied.ts';
export { readBrokerDisks } from './state/read-broker-disks.ts';
export { kafkaReadings, readKafka } from './state/read-kafka.ts';
export { readLags } from './state/read-lags.ts';
export { readDiskLogs, readLogs, readRetention } from './state/read-logs.ts';
export { readPods, readPodsAndExporter, readPodsOf } from './state/read-pods.ts';
export { readLogSizes, readReplicas } from './state/read-replicas.ts';
export { membersThere, readSizeThere } from './state/read-size-there.ts';
export { readState } from './state/read-state.ts';
export { readStatefulSets } from './state/read-stateful-sets.ts';
export { readTopicOverview, type TopicOverview } from './state/read-topic-overview.ts';
export { readStranded } from './state/read-stranded.ts';
export { reading } from './state/reading.ts';
export { tryPolicies } from './state/try-policies.ts';
export { writeRestartRequests } from './state/restart-requests.ts';
export { revisionTemplate } from './state/revision-template.ts';
export { readMembers, readMemberScene, type Members } from './state/roll-scenes.ts';
export {
  templateOf,
  readClaims,
  wantedBytes,
  bytesIn,
  classOf,
  type PersistentVolumeClaim,
  type VolumeClaim,
} from './state/volume-claims.ts';
export { claimRef, membersQuery, podRef, statefulSetRef } from './refs.ts';
export { retryWhileUnreachable } from './retry-while-unreachable.ts';
export type { PodSample } from './usage/sample.ts';
export { readMeteredCpu } from './usage/read-metered-cpu.ts';
export { sampleBrokers } from './usage/sample-brokers.ts';
export { readSamples, samplePod, type SampledPod } from './usage/sample-pod.ts';
export { untilRegistered } from './until-registered.ts';
export { lockStep, withLease, type Actor } from './with-lease.ts';
export { readMigrationMarks, writeMigrationMarks } from './migration/migration-marks.ts';
export { readMigration } from './migration/read-migration.ts';
export { readControllersNotReady } from './migration/read-readiness.ts';
export {
  deleteMigrationNodes,
  readMigrationNodes,
  readPartitionZnodes,
  readZnodes,
  type Znodes,
} from './migration/znodes.ts';
