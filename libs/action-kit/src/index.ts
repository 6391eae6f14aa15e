export { defineAction, runOutputs, type Action, type ActionRun } from './action.ts';
export { clusterInputs } from './inputs/cluster-inputs.ts';
export { runAction } from './run-action.ts';
