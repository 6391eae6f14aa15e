import { inspect } from 'node:util';
import { debug, info, isDebug, setOutput, summary } from '@actions/core';
import type { Problem } from '@kafka-ha/config';
import { abortedError, isKafkaHaError, KafkaHaError, toKafkaHaError } from '@kafka-ha/errors';
import { runOutputs, type Action } from './action.ts';
import { openAnnotations, type Annotations } from './annotations.ts';
import { onCancellation, type Cancellation } from './cancellation.ts';
import { commentOnPullRequest } from './github/comment-on-pull-request.ts';
import { maxSectionBytes } from './github/comment-sections.ts';
import type { GitHub } from './github/github-api.ts';
import { readWorkflowRun, type WorkflowRun } from './github/workflow-run.ts';
import type { ClusterInputs } from './inputs/cluster-inputs.ts';
import { readInputs } from './inputs/read-inputs.ts';
import { findKubeconfig, type Kubeconfig, type KubeSource } from './kubeconfig/find-kubeconfig.ts';
import { loadClusterFile } from './load-cluster-file.ts';
import { plainLine } from './log/plain-line.ts';
import { showSteps } from './log/show-steps.ts';
import { stoppedAt, type StepRecords } from './log/step-record.ts';
import { openSecrets, type Secrets } from './secrets.ts';
import { fitBlocks, type Block } from './summary/fit-blocks.ts';
import { runSummary, type RunEnd } from './summary/run-summary.ts';
import { withHint } from './with-hint.ts';

/** GitHub takes 1 MiB from each step, and shows nothing of more. */
const maxSummaryBytes = 1024 * 1024 - 1024;

/** What is known of a run so far, whenever it has to be told. */
type Progress = {
  inputs?: ClusterInputs;
  /** `namespace/name`, once the cluster file was read. */
  cluster?: string;
  steps: StepRecords;
  sections: Block[];
  problems: readonly Problem[];
};

/**
 * Runs an action as a process of its own: parses its inputs, masks what is secret before anything is printed, does its
 * work until that ends or the run is cancelled, and then tells of it in outputs, log, summary and pull request, however
 * it ended. Ends the process, since a connection that dangles would keep it alive.
 */
export async function runAction<Inputs extends ClusterInputs, Output extends string>(
  action: Action<Inputs, Output>,
): Promise<never> {
  const run: Run = {
    annotations: openAnnotations(),
    cancellation: onCancellation(process),
    secrets: openSecrets(),
    workflow: readWorkflowRun(process.env),
  };
  const progress: Progress = { steps: new Map(), sections: [], problems: [] };
  for (const [name, value] of Object.entries<string>({ ...runOutputs, ...action.outputs }))
    setOutput(name, value);

  const { signal, lastCall } = run.cancellation;
  const end = await endOf(Promise.race([work(action, run, progress), lastCall]), signal);

  if (end.kind !== 'done') explainFailure(end.error, run, progress);
  setRunOutputs(end, progress);
  const blocks = runSummary({ title: action.title, subject: subjectOf(progress), end, ...progress }).map(
    run.secrets.redact,
  );
  await writeSummary(blocks);
  await comment(action.name, blocks, run, progress);
  process.exit(end.kind === 'done' ? 0 : 1);
}

/** What a run is done with. */
type Run = {
  annotations: Annotations;
  cancellation: Cancellation;
  secrets: Secrets;
  workflow: WorkflowRun;
};

async function work<Inputs extends ClusterInputs, Output extends string>(
  action: Action<Inputs, Output>,
  { annotations, cancellation, secrets, workflow }: Run,
  progress: Progress,
): Promise<void> {
  const inputs = readInputs(action.inputs);
  const kubeconfig = findKubeconfig(inputs, process.env);
  const token = inputs['github-token'];
  secrets.add([...(kubeconfig?.secrets ?? []), ...(token === undefined ? [] : [token])]);
  progress.inputs = inputs;
  const load = (environment: string | undefined) =>
    loadClusterFile(
      { ...inputs, environment },
      { annotations, onProblems: (problems) => (progress.problems = problems) },
    );
  const { spec, environments } = await load(inputs.environment);
  progress.cluster = `${spec.namespace}/${spec.name}`;
  await action.run({
    inputs,
    spec,
    environments,
    loadSpec: async (environment) => (await load(environment)).spec,
    kubeSource: () => sourceOf(kubeconfig),
    actor: { holder: workflow.holder },
    signal: cancellation.signal,
    show: (operation) =>
      showSteps(operation, { annotations, onRecords: (records) => (progress.steps = records) }),
    github: gitHubOf(workflow, token),
    warn: annotations.warn,
    redact: secrets.redact,
    report: (...blocks) => progress.sections.push(...blocks),
    setOutput: (name, value) => setOutput(name, secrets.redact(value)),
  });
}

function gitHubOf({ apiUrl, repository }: WorkflowRun, token: string | undefined): GitHub | undefined {
  return repository === undefined || token === undefined ? undefined : { apiUrl, repository, token };
}

function sourceOf(kubeconfig: Kubeconfig | undefined): KubeSource {
  if (kubeconfig !== undefined) return kubeconfig.source;
  throw new KafkaHaError('invalid-usage', 'input kubeconfig got nothing, and KUBECONFIG is not set', {
    hint: 'Give the kubeconfig as a secret, or log in to the cluster in a step before. Pull requests from forks have no secrets.',
  });
}

async function endOf(working: Promise<void>, signal: AbortSignal): Promise<RunEnd> {
  try {
    await working;
    return { kind: 'done' };
  } catch (thrown) {
    if (!signal.aborted) return { kind: 'failed', error: toKafkaHaError(thrown) };
    return { kind: 'cancelled', error: isKafkaHaError(thrown) ? thrown : abortedError(signal) };
  }
}

function explainFailure(error: KafkaHaError, { annotations }: Run, { problems, steps }: Progress): void {
  if (problems.length === 0) for (const line of error.details) info(plainLine(`  ${line}`));
  if (error.hint !== undefined) info(plainLine(`→ ${error.hint}`));
  if (isDebug()) debug(inspect(error, { depth: 5 }));
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
  return `${cluster ?? inputs?.['cluster-file'] ?? 'a cluster'}${environment}`;
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
  { annotations, workflow }: Run,
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
