export { stranded, type Placed } from './nodes/stranded.ts';
export {
  suits,
  takesPod,
  type NodeNeeds,
  type NodeState,
  type NodeTerm,
  type Toleration,
} from './nodes/takes-pod.ts';
export { balancedAssignment, type AssignmentInput } from './balanced-assignment.ts';
export { neverSpared, nextBroker } from './roll/next-broker.ts';
export { nextStep, type MemberScene, type NextStep } from './roll/next-step.ts';
export { pausedTopics, type PausedTopic } from './roll/paused-topics.ts';
export { rollOrder } from './roll/roll-order.ts';
export type {
  BrokerScene,
  RollDecision,
  RollReason,
  RollScene,
  RollStep,
  QuorumScene,
} from './roll/roll-scene.ts';
export { fieldChanges, type FieldChange } from './plan/field-changes.ts';
export { reassignment, type ReplicaChange, type MovePlan } from './reassignment/reassignment.ts';
export type { MovablePartition, MovableTopic, ReassignmentInput } from './reassignment/placement-problem.ts';
export { deletions, type Deletion, type Retention, type TopicRetention } from './plan/deletions.ts';
export {
  retentionAfter,
  retentionBrokerKeys,
  retentionOf,
  type SettingChanges,
  type TopicSetting,
} from './plan/retention-of.ts';
export { dynamicChanges, poolSteps, type DynamicChange, type KeyInForce } from './plan/dynamic-changes.ts';
export { estimateMs } from './plan/estimate.ts';
export {
  planDifferences,
  planOutcome,
  type KeyChange,
  type ObjectChange,
  type Obstacle,
  type Plan,
  type PlannedRestart,
  type TopicChange,
} from './plan/plan.ts';
export { isResize } from './plan/resize-changes.ts';
export {
  featureChanges,
  featureKeys,
  levelName,
  type FeatureChange,
  type FeatureLevels,
} from './plan/feature-changes.ts';
export { metadataRefusals, type MetadataChange } from './plan/metadata-refusals.ts';
export { versionRefusals, type VersionChange } from './plan/version-refusals.ts';
export {
  type FaultScene,
  brokerOnAnotherNode,
  brokerThatLeadsMost,
  controller,
  pairOfBrokers,
  quorumLeader,
  podsOfTwoNodes,
  podsOfZone,
  quorumMajority,
  pairsOf,
} from './drills/scene.ts';
export { chooseThrottle, inflowBetween, type LogLook, perBroker } from './moves/choose-throttle.ts';
export { nextMoves } from './moves/next-moves.ts';
export { planMoves } from './moves/plan-moves.ts';
export { bytesOf, keyOf, type Replicas, type LogSizes, type ReplicaSet } from './moves/replicas.ts';
export { type ScalePlan, usualFactor } from './moves/scale-plan.ts';
export { senderRates } from './moves/sender-rates.ts';
export { planTopics } from './plan/plan-topics.ts';
export { racksOf } from './racks.ts';
export { electionRounds } from './roll/election-rounds.ts';
export {
  imageDifferences,
  lostTopics,
  quotaEntity,
  type MetadataImage,
} from './migration/compare-metadata.ts';
export {
  modeAt,
  stageOf,
  hasMigrated,
  stepsFrom,
  wayRefusal,
  type Direction,
  type MigrationFacts,
  type MigrationStep,
  type NodeKind,
  type Stage,
} from './migration/stage.ts';
export { startRefusals, type MigrationRefusal } from './migration/start-refusals.ts';
export { imageOfZnodes, topicsWithoutId } from './migration/image-of-znodes.ts';
export type { MigrationPlan } from './migration/migration-plan.ts';
