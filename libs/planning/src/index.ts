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
export { pausedTopics, type PausedTopic } from './roll/paused-topics.ts';
export { nextServer } from './roll/next-server.ts';
export { rollOrder } from './roll/roll-order.ts';
export type {
  BrokerScene,
  RollDecision,
  RollReason,
  RollScene,
  RollStep,
  ZooKeeperScene,
} from './roll/roll-scene.ts';
export { fieldChanges, type FieldChange } from './plan/field-changes.ts';
export {
  reassignment,
  type Change,
  type MovablePartition,
  type MovableTopic,
  type Reassignment,
  type ReassignmentInput,
} from './reassignment/reassignment.ts';
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
export { planHeadline, planSections, type PlanLine, type PlanSection } from './plan/plan-lines.ts';
export { planMarkdown } from './plan/plan-markdown.ts';
export { isResize } from './plan/resize-changes.ts';
export { versionRefusals, type VersionChange } from './plan/version-refusals.ts';
