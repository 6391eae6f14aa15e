export { defineAction, runOutputs, type Action, type ActionRun } from './action.ts';
export { keepIssue } from './github/keep-issue.ts';
export { flag, optionalText, optionalValue } from './inputs/fields.ts';
export { clusterFileInputs, clusterInputs } from './inputs/cluster-inputs.ts';
export { runAction } from './run-action.ts';
export { runPost, type PostRun } from './run-post.ts';
export { withHint } from './with-hint.ts';
