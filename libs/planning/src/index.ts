export { balancedAssignment, type AssignmentInput } from './balanced-assignment.ts';
