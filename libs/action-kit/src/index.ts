export { defineAction, runOutputs, type Action, type ActionRun } from './action.ts';
export { keepIssue } from './github/keep-issue.ts';
export { flag, optionalText, optionalValue, clusterFileInputs, clusterInputs } from './inputs.ts';
export { runAction } from './run-action.ts';
export { runPost, type PostRun } from './run-post.ts';
export { withHint } from './log/explain.ts';
