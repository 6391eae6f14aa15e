import { setOutput } from '@actions/core';
import { abortedError, isKafkaHaError, KafkaHaError, toKafkaHaError } from '@kafka-ha/base';
import { runOutputs, type Action } from './action.ts';
import { openAnnotations } from './annotations.ts';
import { onCancellation } from './cancellation.ts';
import type { GitHub } from './github/github-api.ts';
import { readFileAt } from './github/read-file-at.ts';
import { gitHubOf, readWorkflowRun } from './github/workflow-run.ts';
import type { ClusterInputs } from './inputs/cluster-inputs.ts';
import { readInputs } from './inputs/read-inputs.ts';
import { formsOf } from './kubeconfig/credentials.ts';
import { findKubeconfig, type Kubeconfig, type KubeSource } from './kubeconfig/find-kubeconfig.ts';
import { loadClusterFile } from './load-cluster-file.ts';
import { say } from './log/say.ts';
import { showSteps } from './log/show-steps.ts';
import type { Progress, RunContext } from './run-context.ts';
import { openSecrets } from './secrets.ts';
import type { RunEnd } from './summary/run-summary.ts';
import { tellEnd } from './tell-end.ts';

/**
 * Runs an action as a process of its own: parses its inputs, masks what is secret before anything is printed, does its
 * work until that ends or the run is cancelled, and then tells of it in outputs, log, summary and pull request, however
 * it ended. Ends the process, since a connection that dangles would keep it alive.
 */
export async function runAction<Inputs extends ClusterInputs, Output extends string>(
  action: Action<Inputs, Output>,
): Promise<never> {
  const run: RunContext = {
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

  await tellEnd(action, end, run, progress);
  process.exit(end.kind === 'done' ? 0 : 1);
}

async function work<Inputs extends ClusterInputs, Output extends string>(
  action: Action<Inputs, Output>,
  { annotations, cancellation, secrets, workflow }: RunContext,
  progress: Progress,
): Promise<void> {
  const inputs = readInputs(action.inputs);
  const kubeconfig = findKubeconfig(inputs, process.env);
  const token = inputs['github-token'];
  secrets.add([...(kubeconfig?.secrets ?? []), ...(token === undefined ? [] : [token])]);
  progress.inputs = inputs;
  const github = gitHubOf(workflow, token);
  const source = sourceOfText(inputs.commit, github);
  const load = (environment: string | undefined) =>
    loadClusterFile(
      { ...inputs, environment },
      { annotations, onProblems: (problems) => (progress.problems = problems), ...source },
    );
  const { spec, environments } = await load(inputs.environment);
  progress.cluster = `${spec.namespace}/${spec.name}`;
  await action.run({
    inputs,
    spec,
    environments,
    loadSpec: async (environment) => (await load(environment)).spec,
    kubeSource: () => ({
      ...sourceOf(kubeconfig),
      onWords: (text) => say(text.trimEnd()),
      onSecret: (secret) => secrets.add(formsOf(secret)),
    }),
    actor: { holder: workflow.holder },
    signal: cancellation.signal,
    show: (operation) =>
      showSteps(operation, { annotations, onRecords: (records) => (progress.steps = records) }),
    github,
    warn: annotations.warn,
    redact: secrets.redact,
    report: (...blocks) => progress.sections.push(...blocks),
    setOutput: (name, value) => setOutput(name, secrets.redact(value)),
  });
}

/** A commit's file is read as data: nothing of a pull request is checked out where a secret is. */
function sourceOfText(
  commit: string | undefined,
  github: GitHub | undefined,
): { readText?: (file: string) => Promise<string> } {
  if (commit === undefined) return {};
  if (github !== undefined) return { readText: (file) => readFileAt(github, file, commit) };
  throw new KafkaHaError('invalid-usage', 'input commit needs github-token, to read the file with', {
    hint: 'Leave the input github-token out, or leave the input commit out to read the checkout.',
  });
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
