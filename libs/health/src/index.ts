export { assess, type AssessOptions, type Verdict } from './assess.ts';
export { lossesLeft, type Facts } from './facts.ts';
export type { Finding } from './finding.ts';
export { findingCatalogue, type CatalogueEntry, type FindingCode } from './finding-catalogue.ts';
export { judgePartitions, type JudgedPartition, type PartitionCondition } from './partition-condition.ts';
export { whyZonesAreNotHeeded } from './findings/placement.ts';
export { exporterFindings } from './findings/exporter.ts';
export { isNearRetention, nearRetention } from './findings/consumers.ts';
export { volumeShares } from './findings/disks.ts';
export { findsVolumeEmpty, mostBehindMs } from './findings/controllers.ts';
export { mayPause } from './tolerance-of-topic.ts';
export { findPod, valueOf } from './state.ts';
export type {
  BrokerDisk,
  CutOffBroker,
  BrokerSettings,
  ConsumerState,
  ExporterPod,
  MetadataState,
  OngoingReassignment,
  PartitionState,
  PodState,
  PodStatus,
  PolicyTrial,
  Reading,
  RegisteredBroker,
  State,
  StatefulSets,
  StatefulSetState,
  Throttle,
  TopicState,
  ZoneSource,
  QuorumServer,
} from './state.ts';
