export { balancedAssignment, type AssignmentInput } from './balanced-assignment.ts';
export { nextBroker } from './roll/next-broker.ts';
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
