import { setOutput, summary } from '@actions/core';
import { type KafkaHaError, stoppedAt } from '@kafka-ha/base';
import { commentOnPullRequest } from './github/comment-on-pull-request.ts';
import { maxSectionBytes } from './github/comment-sections.ts';
import { gitHubOf } from './github/workflow-run.ts';
import { explain, withHint } from './log/explain.ts';
import type { Progress, RunContext } from './run-context.ts';
import { fitBlocks, type Block } from './summary/fit-blocks.ts';
import { runSummary, type RunEnd } from './summary/run-summary.ts';

/** GitHub takes 1 MiB from each step, and shows nothing of more. */
const maxSummaryBytes = 1024 * 1024 - 1024;

/** Tells how a run ended: in the log, the outputs, the job's summary and the pull request's comment. */
export async function tellEnd(
  { name, title }: { name: string; title: string },
  end: RunEnd,
  run: RunContext,
  progress: Progress,
): Promise<void> {
  if (end.kind !== 'done') explainFailure(end.error, run, progress);
  setRunOutputs(end, progress);
  const blocks = runSummary({ title, subject: subjectOf(progress), end, ...progress }).map(
    run.secrets.redact,
  );
  await writeSummary(blocks);
  await comment(name, blocks, run, progress);
}

function explainFailure(
  error: KafkaHaError,
  { annotations }: RunContext,
  { problems, steps }: Progress,
): void {
  // Problems of the file are annotated, each on its line.
  explain(error, problems.length === 0 ? {} : { details: [] });
  const step = stoppedAt(steps);
  annotations.failure(step === undefined ? error.message : `${step.title}: ${error.message}`);
}

function setRunOutputs(end: RunEnd, { cluster = '', steps }: Progress): void {
  setOutput('result', end.kind);
  setOutput('cluster', cluster);
  if (end.kind === 'done') return;
  setOutput('stopped-at', stoppedAt(steps)?.title ?? '');
  setOutput('error', end.error.code);
}

function subjectOf({ cluster, inputs }: Progress): string {
  const environment = inputs?.environment === undefined ? '' : ` (${inputs.environment})`;
  return `${cluster ?? (inputs?.['cluster-file'] || 'a cluster')}${environment}`;
}

/** Nothing to write to outside GitHub Actions. */
async function writeSummary(blocks: readonly Block[]): Promise<void> {
  if (!process.env['GITHUB_STEP_SUMMARY']) return;
  await summary.addRaw(fitBlocks(blocks, maxSummaryBytes), true).write();
}

/** A pull request that cannot be told is a pity, not a failure of what was done. */
async function comment(
  name: string,
  blocks: readonly Block[],
  { annotations, workflow }: RunContext,
  { inputs }: Progress,
): Promise<void> {
  const github = gitHubOf(workflow, inputs?.['github-token']);
  const { pullRequest } = workflow;
  if (!inputs?.comment || github === undefined || pullRequest === undefined) return;
  try {
    await commentOnPullRequest(github, {
      pullRequest,
      cluster: [inputs['cluster-file'], inputs.environment ?? ''].join(' '),
      section: { name, markdown: fitBlocks(blocks, maxSectionBytes) },
    });
  } catch (thrown) {
    annotations.warn(`Could not comment on pull request ${pullRequest}: ${withHint(thrown)}`);
  }
}
